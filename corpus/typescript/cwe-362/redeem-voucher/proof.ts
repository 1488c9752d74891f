// What several requests at once are credited, with a bank that takes its time.
async function redeemed(m, customers: string[]): Promise<number> {
  let paid = 0;
  const credit = async (_: string, cents: number): Promise<void> => {
    await new Promise((done) => setTimeout(done, 5));
    paid += cents;
  };
  const vouchers = new Map([["SPRING", { cents: 1500 }]]);
  await Promise.all(customers.map((customer) => m.redeem(vouchers, "SPRING", customer, credit)));
  await m.redeem(vouchers, "SPRING", "late", credit);
  return paid;
}

functional("credits a voucher once", async (m, t) => {
  t.check((await redeemed(m, ["ada"])) === 1500, "the first customer, and not a later one");
  t.check((await m.redeem(new Map(), "AUTUMN", "ada", async () => {})) === 0, "no such voucher");
});

exploit("requests at the same time", async (m, t) => {
  const paid = await redeemed(m, ["ada", "ada", "ada"]);
  if (paid > 1500) t.exploited(`a voucher of 1500 was credited with ${paid}`);
});
