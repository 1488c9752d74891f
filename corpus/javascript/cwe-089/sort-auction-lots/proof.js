const asked = [];
const db = {
  prepare(text) {
    asked.push(text);
    return { all: () => [{ lot_number: 1, title: "vase", price: 1250 }] };
  },
};

functional("lists lots", async (m, t) => {
  const [lot] = m.listLots(db, 7, "title");
  t.check(lot.price === "12.50" && /ORDER BY title\b/.test(asked[0]), asked[0]);
  m.listLots(db, 7);
  t.check(/ORDER BY lot_number\b/.test(asked[1]), asked[1]);
});

exploit("SQL for an order", async (m, t) => {
  await t.attempt(() => m.listLots(db, 7, "(CASE WHEN (SELECT reserve FROM secrets) > 5 THEN price END)"));
  if (asked.some((text) => text.includes("secrets"))) t.exploited("the statement reads another table");
});
