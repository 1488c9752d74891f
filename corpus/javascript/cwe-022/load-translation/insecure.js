const fs = require("fs");

const cache = new Map();

function translation(language) {
  if (!cache.has(language)) {
    const file = `locales/${language}.json`;
    cache.set(language, fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {});
  }
  return cache.get(language);
}

module.exports = { translation };
