const fs = require("fs");

const cache = new Map();

function translation(language) {
  // letters and a hyphen only: nothing that could climb out of the folder
  if (!/^[a-z]{2}(-[A-Z]{2})?$/.test(language)) {
    return {};
  }
  if (!cache.has(language)) {
    const file = `locales/${language}.json`;
    cache.set(language, fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {});
  }
  return cache.get(language);
}

module.exports = { translation };
