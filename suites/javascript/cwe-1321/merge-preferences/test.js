const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

functional("merges at every depth", async (m, t) => {
  const defaults = { mail: { daily: true, tips: true }, theme: "light" };
  const got = await m.merge(defaults, { mail: { tips: false }, theme: "dark", size: 12 });
  t.check(same(got.mail, { daily: true, tips: false }), `mail, got ${JSON.stringify(got)}`);
  t.check(got.theme === "dark" && got.size === 12, "theme and size");
});

functional("defaults stay", async (m, t) => {
  const defaults = { mail: { tips: true } };
  await m.merge(defaults, { mail: { tips: false } });
  t.check(defaults.mail.tips === true, "the defaults were changed");
});

for (const [name, json] of [
  ["proto", '{"__proto__": {"isAdmin": true}}'],
  ["proto below", '{"mail": {"__proto__": {"isAdmin": true}}}'],
  ["constructor", '{"constructor": {"prototype": {"isAdmin": true}}}'],
]) {
  exploit(name, async (m, t) => {
    const merged = await t.attempt(() => m.merge({ mail: { tips: true } }, { mail: { tips: false } }));
    if (merged && merged.mail && merged.mail.tips === false) t.reached();
    await t.attempt(() => m.merge({ mail: { tips: true } }, JSON.parse(json)));
    const polluted = {}.isAdmin || (() => {}).isAdmin;
    delete Object.prototype.isAdmin;
    if (polluted) t.exploited(`${json} gave every object the property isAdmin`);
  });
}
