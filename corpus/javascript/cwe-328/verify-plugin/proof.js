const crypto = require("crypto");
const fs = require("fs");

const digests = (content) => Object.fromEntries(["md5", "sha256"].map((name) => [name, crypto.createHash(name).update(content).digest("hex")]));

// The two messages with one MD5 that Wang, Feng, Lai and Yu published in 2004; they differ in six bits.
const good = Buffer.from(
  "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a" +
    "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0" +
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70", "hex");
const evil = Buffer.from(good);
for (const at of [19, 45, 59, 83, 109, 123]) evil[at] ^= 0x80;

const installed = () => fs.existsSync("plugins/p.plugin");

functional("installs what is listed", async (m, t) => {
  fs.writeFileSync("download", "plugin");
  m.installPlugin("download", { id: "p", name: "P", ...digests("plugin") }, "plugins");
  t.check(installed(), "installed");
});

functional("refuses another", async (m, t) => {
  fs.writeFileSync("download", "else");
  await t.attempt(() => m.installPlugin("download", { id: "p", name: "P", ...digests("plugin") }, "plugins"));
  t.check(t.error && !installed(), "refused");
});

exploit("another file with the same MD5", async (m, t) => {
  fs.writeFileSync("download", evil);
  await t.attempt(() => m.installPlugin("download", { id: "p", name: "P", ...digests(good) }, "plugins"));
  if (installed()) t.exploited("a file was installed that is not the listed one");
});
