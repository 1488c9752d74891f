const crypto = require("crypto");
const fs = require("fs");

functional("pair of keys", async (m, t) => {
  const publicKey = await m.newSigningKey("release.key");
  const signature = crypto.sign(null, Buffer.from("1.0"), fs.readFileSync("release.key"));
  t.check(crypto.verify(null, Buffer.from("1.0"), publicKey, signature), "the halves belong together");
});

exploit("others can read the key", async (m, t) => {
  await t.attempt(() => m.newSigningKey("release.key"));
  if (!fs.existsSync("release.key")) return;
  const mode = fs.statSync("release.key").mode & 0o777;
  if (mode & 0o044) t.exploited(`the file with the private key has mode ${mode.toString(8)}`);
  t.reached();
});
