const fs = require("fs");

functional("claims a nickname", async (m, t) => {
  fs.mkdirSync("players");
  t.check(await m.claimNickname("rook", 1), "free");
  t.check(!(await m.claimNickname("rook", 2)), "taken");
  t.check(!(await m.claimNickname("R", 2)), "no nickname");
  t.check(JSON.parse(fs.readFileSync("players/rook.json", "utf8")).player === 1, "the first has it");
});

exploit("two at the same time", async (m, t) => {
  fs.mkdirSync("players");
  for (let i = 0; i < 200; i++) {
    const name = `rook${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`;
    const claims = await Promise.all([m.claimNickname(name, 1), m.claimNickname(name, 2)]);
    if (claims[0] && claims[1]) t.exploited("two players were given one nickname");
  }
});
