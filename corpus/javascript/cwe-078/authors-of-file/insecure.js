const { execSync } = require("child_process");

function linesByAuthor(repository, file) {
  const blame = execSync(`git blame --line-porcelain ${file}`, {
    cwd: repository,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const lines = {};
  for (const [, author] of blame.matchAll(/^author (.*)$/gm)) {
    lines[author] = (lines[author] ?? 0) + 1;
  }
  return lines;
}

module.exports = { linesByAuthor };
