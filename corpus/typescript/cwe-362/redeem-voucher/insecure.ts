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
  await credit(customer, voucher.cents);
  voucher.usedBy = customer;
  return voucher.cents;
}
