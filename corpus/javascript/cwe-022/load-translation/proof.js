const fs = require("fs");

function prepare() {
  fs.mkdirSync("locales");
  fs.writeFileSync("locales/de.json", '{"hello": "hallo"}');
  fs.writeFileSync("locales/pt-BR.json", '{"hello": "olá"}');
  fs.writeFileSync("settings.json", '{"password": "hunter2"}');
}

functional("loads translations", async (m, t) => {
  prepare();
  t.check(m.translation("de").hello === "hallo" && m.translation("pt-BR").hello === "olá", "two languages");
  t.check(Object.keys(m.translation("fr")).length === 0, "a language without a file");
});

exploit("a language with dots", async (m, t) => {
  prepare();
  const texts = await t.attempt(() => m.translation("../settings"));
  if (texts && texts.password) t.exploited("a file beside the folder was read");
});
