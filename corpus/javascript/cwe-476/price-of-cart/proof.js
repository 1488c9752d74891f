const products = new Map([["tea", { cents: 350 }], ["jam", { cents: 425 }]]);

functional("adds up", async (m, t) => {
  const { total } = m.cartTotal([{ product: "tea", count: 2 }, { product: "jam", count: 1 }], products);
  t.check(total === "11.25", total);
});

exploit("a product that is gone", async (m, t) => {
  await t.attempt(() => m.cartTotal([{ product: "fax", count: 1 }], products));
  if (t.error instanceof TypeError) t.exploited(`it ended with ${t.error.message}`);
});
