const DOCUMENTS = [{ name: "ann", badge: "4711-0815" }, { name: "bob", badge: "1234-5678" }];

// A field's condition, with the operators that such databases have.
function matches(value, condition) {
  if (condition instanceof RegExp) return condition.test(value);
  if (condition === null || typeof condition !== "object") return value === condition;
  return Object.entries(condition).every(([operator, operand]) => {
    switch (operator) {
      case "$eq": return value === operand;
      case "$ne": return value !== operand;
      case "$gt": return value > operand;
      case "$gte": return value >= operand;
      case "$lt": return value < operand;
      case "$in": return Array.isArray(operand) && operand.includes(value);
      case "$nin": return Array.isArray(operand) && !operand.includes(value);
      case "$regex": return new RegExp(operand).test(value);
      case "$exists": return (value !== undefined) === Boolean(operand);
      default: return false;
    }
  });
}

const holds = (document, query) => Object.entries(query || {}).every(([key, condition]) => {
  if (key === "$or") return condition.some((one) => holds(document, one));
  if (key === "$and") return condition.every((one) => holds(document, one));
  return matches(document[key], condition);
});

const staff = {
  findOne: async (query) => DOCUMENTS.find((document) => holds(document, query)) || null,
};

functional("name and badge", async (m, t) => {
  t.check((await m.signIn(staff, { name: "bob", badge: "1234-5678" })) === "bob", "bob signs in");
});

functional("wrong badge", async (m, t) => {
  t.check(!(await m.signIn(staff, { name: "bob", badge: "4711-0815" })), "another's badge is refused");
});

for (const [name, body] of [
  ["not equal", { name: "ann", badge: { $ne: null } }],
  ["greater than nothing", { name: "ann", badge: { $gt: "" } }],
  ["regular expression", { name: "ann", badge: { $regex: "^4" } }],
  ["anybody", { name: { $ne: "x" }, badge: { $ne: "x" } }],
]) {
  exploit(name, async (m, t) => {
    if ((await t.attempt(() => m.signIn(staff, { name: "bob", badge: "1234-5678" }))) === "bob") t.reached();
    const who = await t.attempt(() => m.signIn(staff, body));
    if (who) t.exploited(`${JSON.stringify(body)} signed ${who} in`);
  });
}
