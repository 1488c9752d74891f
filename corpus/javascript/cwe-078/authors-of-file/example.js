const { execFileSync } = require("child_process");

function linesByAuthor(repository, file) {
  // no shell, and behind -- git takes the name for a path
  const blame = execFileSync("git", ["blame", "--line-porcelain", "--", file], {
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
