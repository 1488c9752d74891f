const fs = require("fs");

function blame(m, file) {
  fs.mkdirSync("bin");
  fs.writeFileSync("bin/git", '#!/bin/sh\nprintf "author Ada\\nauthor Ada\\nauthor Bo\\n"\n', { mode: 0o755 });
  process.env.PATH = `${process.cwd()}/bin:${process.env.PATH}`;
  return m.linesByAuthor(".", file);
}

functional("counts lines", async (m, t) => {
  const lines = blame(m, "notes.txt");
  t.check(lines.Ada === 2 && lines.Bo === 1, JSON.stringify(lines));
});

exploit("a command in the name", async (m, t) => {
  await t.attempt(() => blame(m, "x; touch pwned"));
  if (fs.existsSync("pwned")) t.exploited("the command in a file's name was run");
});
