functional("counts entries", async (m, t) => {
  const menu = { children: [{}, { children: [{}, {}] }] };
  t.check(m.countEntries(menu) === 4 && m.countEntries({}) === 0, `${m.countEntries(menu)}`);
});

exploit("a deep menu", async (m, t) => {
  let menu = {};
  for (let i = 0; i < 50_000; i++) menu = { children: [menu] };
  await t.attempt(() => m.countEntries(menu));
  if (t.error instanceof RangeError) t.exploited("the stack was used up");
});
