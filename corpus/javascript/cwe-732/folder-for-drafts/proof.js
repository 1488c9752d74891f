const fs = require("fs");

functional("keeps a draft", async (m, t) => {
  const file = m.saveDraft("to/ada", "Dear Ada", process.cwd());
  t.check(fs.readFileSync(file, "utf8") === "Dear Ada", file);
  m.saveDraft("to/ada", "Dear Ada,", process.cwd());
  t.check(fs.readFileSync(`${file}~`, "utf8") === "Dear Ada", "the one before");
});

exploit("another account", async (m, t) => {
  m.saveDraft("ada", "x", process.cwd());
  if (fs.statSync(".letters/drafts").mode & 0o005) t.exploited("every account of the machine can look into the folder");
});
