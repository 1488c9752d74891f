const fs = require("fs");

function search(m, words) {
  fs.mkdirSync("wiki");
  fs.writeFileSync("wiki/home", "Welcome home\n");
  fs.writeFileSync("wiki/garden", "Plants\n");
  fs.writeFileSync("passwords", "of the wiki: hunter2\n");
  return new Promise((resolve, reject) => m.searchWiki(words, (err, pages) => (err ? reject(err) : resolve(pages))));
}

functional("finds pages", async (m, t) => {
  t.check((await search(m, "welcome")).join() === "wiki/home", "one page");
});

functional("finds none", async (m, t) => {
  t.check((await search(m, "bicycle")).length === 0, "no page");
});

exploit("an option for words", async (m, t) => {
  const pages = await t.attempt(() => search(m, "-e"));
  if (pages && pages.some((page) => page.includes("passwords"))) t.exploited("a file outside of the wiki was searched");
});
