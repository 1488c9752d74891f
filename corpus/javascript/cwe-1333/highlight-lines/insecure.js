const fs = require("fs");

function findLines(file, search, limit = 50) {
  const found = [];
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const words = new RegExp(search, "i");
  for (const [index, line] of lines.entries()) {
    if (words.test(line)) {
      found.push({ number: index + 1, line });
    }
    if (found.length === limit) {
      break;
    }
  }
  return found;
}

module.exports = { findLines };
