const fs = require("fs");

function find(m, search) {
  fs.writeFileSync("log", `Lamp on\n${"a".repeat(40)}!\nlamp off\n`);
  return m.findLines("log", search);
}

functional("finds lines", async (m, t) => {
  t.check(find(m, "lamp").map((found) => found.number).join() === "1,3", "two lines");
});

exploit("an expression for a search", async (m, t) => {
  await t.attempt(() => find(m, "(a+)+$"));
});
