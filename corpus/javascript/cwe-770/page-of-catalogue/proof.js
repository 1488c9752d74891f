const catalogue = Array.from({ length: 5000 }, (_, i) => ({ name: `seed ${i}` }));

functional("answers with a page", async (m, t) => {
  const page = m.cataloguePage(catalogue, "/seeds?from=40&count=10");
  t.check(page.entries.length === 10 && page.entries[0].number === 40 && page.next === 50, JSON.stringify(page));
  t.check(m.cataloguePage(catalogue, "/seeds").entries.length === 20, "20 where nothing is said");
  t.check(m.cataloguePage(catalogue, "/seeds?from=4990").next === null, "the last page");
});

exploit("a page without end", async (m, t) => {
  const { entries } = m.cataloguePage(catalogue, "/seeds?count=1000000000");
  if (entries.length === 5000) t.exploited("one request got the whole catalogue");
});
