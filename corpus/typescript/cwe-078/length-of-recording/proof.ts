import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

// A false ffprobe that notes what it was asked for.
function prepare(): void {
  mkdirSync("bin");
  writeFileSync("bin/ffprobe", `#!/bin/sh\nfor last; do :; done\nprintf %s "$last" > asked\necho 12.6\n`, { mode: 0o755 });
  process.env.PATH = `${path.resolve("bin")}:${process.env.PATH}`;
}

functional("rounds the seconds", async (m, t) => {
  prepare();
  t.check((await m.secondsOf("talk with ada.ogg")) === 13, "13 seconds");
  t.check(readFileSync("asked", "utf8") === "talk with ada.ogg", "the file");
});

for (const name of ['a"; touch pwned; "', "$(touch pwned).ogg"]) {
  exploit(`the recording ${name}`, async (m, t) => {
    prepare();
    await t.attempt(() => m.secondsOf(name));
    if (existsSync("pwned")) t.exploited("a command in the name was run");
  });
}
