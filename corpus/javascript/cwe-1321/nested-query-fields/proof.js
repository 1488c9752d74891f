functional("reads filters", async (m, t) => {
  const filters = m.readFilters("size[min]=3&size[max]=9&colour[is]=red&page=2");
  t.check(filters.size.min === "3" && filters.size.max === "9" && filters.colour.is === "red", JSON.stringify(filters));
});

exploit("the prototype for a group", async (m, t) => {
  await t.attempt(() => m.readFilters("__proto__[admin]=1"));
  if ({}.admin) t.exploited("every object has the property admin");
});
