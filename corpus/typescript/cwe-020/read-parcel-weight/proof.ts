functional("prices parcels", async (m, t) => {
  t.check(m.priceOf('{"weight": 4.2}') === 490, "a light one");
  t.check(m.priceOf('{"weight": 7.2, "fragile": true}') === 490 + 3 * 60 + 250, "a fragile one");
});

for (const body of ['{"weight": "heavy"}', '{"weight": {"kg": 7}}', "{}"]) {
  exploit(`the parcel ${body}`, async (m, t) => {
    const price: unknown = await t.attempt(() => m.priceOf(body));
    if (!t.error && !Number.isFinite(price)) t.exploited(`a parcel was priced at ${price}`);
  });
}

exploit("three tons", async (m, t) => {
  const price = await t.attempt(() => m.priceOf('{"weight": 3000}'));
  if (price !== undefined) t.exploited(`a parcel of three tons was priced at ${price}`);
});
