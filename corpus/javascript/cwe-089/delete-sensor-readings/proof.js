const asked = [];
const run = async (text, values = []) => {
  asked.push(text);
  return [{ affectedRows: values.length || text.split("', '").length }];
};
const db = { execute: run, query: run };

functional("deletes readings", async (m, t) => {
  t.check((await m.deleteReadings(db, ["a1", "b2"])) === 2, "two");
  await t.attempt(() => m.deleteReadings(db, []));
  t.check(t.error instanceof RangeError, "no sensors");
});

exploit("SQL for a sensor", async (m, t) => {
  await t.attempt(() => m.deleteReadings(db, ["x') OR ('1'='1"]));
  if (asked.some((text) => text.includes("OR ("))) t.exploited(`the statement is ${asked[0]}`);
});
