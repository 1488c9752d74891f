import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

function prepare(): string {
  mkdirSync("levels");
  writeFileSync("levels/cave", "The cave\n#.#\n\n#@#\n");
  writeFileSync("players.txt", "ada\nswordfish\n");
  return path.resolve("levels");
}

functional("loads a level", async (m, t) => {
  const level = await m.loadLevel(prepare(), "cave");
  t.check(level.title === "The cave" && level.rows.join() === "#.#,#@#", JSON.stringify(level));
});

for (const [what, name] of [["dots", () => "../players.txt"], ["an absolute path", () => path.resolve("players.txt")]] as const) {
  exploit(what, async (m, t) => {
    const level = await t.attempt(() => m.loadLevel(prepare(), name()));
    if (level?.rows.includes("swordfish")) t.exploited("a file beside the folder was read");
  });
}
