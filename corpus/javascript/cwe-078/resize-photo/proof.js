const fs = require("fs");

function resize(m, photo) {
  fs.mkdirSync("bin");
  fs.writeFileSync("bin/convert", '#!/bin/sh\nprintf "%s\\n" "$@" > arguments\n', { mode: 0o755 });
  process.env.PATH = `${process.cwd()}/bin:${process.env.PATH}`;
  return new Promise((resolve, reject) => m.resizePhoto(photo, 80, (err, small) => (err ? reject(err) : resolve(small))));
}

functional("starts the program", async (m, t) => {
  const small = await resize(m, "sea.jpg");
  t.check(small === "sea-small.jpg", `it is called ${small}`);
  t.check(fs.readFileSync("arguments", "utf8") === "./sea.jpg\n-resize\n80x\n./sea-small.jpg\n", "the arguments");
});

exploit("a command in the name", async (m, t) => {
  await t.attempt(() => resize(m, "sea; touch pwned; .jpg"));
  if (fs.existsSync("pwned")) t.exploited("the command in a photo's name was run");
});
