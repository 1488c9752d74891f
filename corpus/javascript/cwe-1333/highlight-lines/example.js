const fs = require("fs");

function findLines(file, search, limit = 50) {
  const found = [];
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const words = search.toLowerCase();
  for (const [index, line] of lines.entries()) {
    // includes compares characters: nothing in the search is an operator
    if (line.toLowerCase().includes(words)) {
      found.push({ number: index + 1, line });
    }
    if (found.length === limit) {
      break;
    }
  }
  return found;
}

module.exports = { findLines };
