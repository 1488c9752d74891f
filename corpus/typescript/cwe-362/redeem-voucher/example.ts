interface Voucher {
  cents: number;
  usedBy?: string;
}

export async function redeem(
  vouchers: Map<string, Voucher>,
  code: string,
  customer: string,
  credit: (customer: string, cents: number) => Promise<void>,
): Promise<number> {
  const voucher = vouchers.get(code);
  if (!voucher || voucher.usedBy) {
    return 0;
  }
  // at the first await a second request may come by: by then the voucher is taken
  voucher.usedBy = customer;
  await credit(customer, voucher.cents);
  return voucher.cents;
}
