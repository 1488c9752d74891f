const fs = require("fs");

functional("comparisons", async (m, t) => {
  const cart = { total: 100, items: 3 };
  for (const [rule, want] of [
    ["total >= 100", true], ["total > 100", false], ["items < 20 and total >= 100", true], ["total >= 100 and items < 3", false], ["items <= 3", true],
  ]) {
    t.check((await m.ruleHolds(rule, cart)) === want, `${rule} is ${want}`);
  }
});

for (const [name, rule] of [
  ["method of process", "process.getBuiltinModule ? process.getBuiltinModule('fs').writeFileSync('pwned', '') : process.mainModule.require('fs').writeFileSync('pwned', '')"],
  ["require", "require('fs').writeFileSync('pwned', '')"],
  ["global object", "(globalThis.pwned = true) and total > 1"],
  ["constructor", "total.constructor.constructor('globalThis.pwned = true')() and total > 1"],
]) {
  exploit(name, async (m, t) => {
    const answers = [await t.attempt(() => m.ruleHolds("total < 2", { total: 1 })), await t.attempt(() => m.ruleHolds("total > 2", { total: 1 }))];
    if (answers[0] === true && answers[1] === false) t.reached();
    await t.attempt(() => m.ruleHolds(rule, { total: 1 }));
    if (fs.existsSync("pwned") || globalThis.pwned) t.exploited(`the rule ${rule} was run as code`);
  });
}
