functional("sets options", async (m, t) => {
  const options = m.setOption({ view: { wrap: false } }, "view.font.size", 12);
  t.check(JSON.stringify(options) === '{"view":{"wrap":false,"font":{"size":12}}}', JSON.stringify(options));
});

exploit("a path through the prototype", async (m, t) => {
  await t.attempt(() => m.setOption({}, "__proto__.admin", true));
  if ({}.admin) t.exploited("every object has the property admin");
});

exploit("a path through the constructor", async (m, t) => {
  await t.attempt(() => m.setOption({}, "constructor.prototype.admin", true));
  if ({}.admin) t.exploited("every object has the property admin");
});
