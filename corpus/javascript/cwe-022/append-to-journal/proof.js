const fs = require("fs");

functional("appends lines", async (m, t) => {
  await m.addToJournal("roses", " watered ");
  await m.addToJournal("roses", "cut");
  const lines = fs.readFileSync("journals/roses.log", "utf8").trim().split("\n");
  t.check(lines.length === 2 && lines[0].endsWith(" watered") && lines[1].endsWith(" cut"), lines.join("|"));
});

exploit("a bed with dots", async (m, t) => {
  await t.attempt(() => m.addToJournal("../roses", "x"));
  if (fs.existsSync("roses.log")) t.exploited("a file beside the folder was written");
});
