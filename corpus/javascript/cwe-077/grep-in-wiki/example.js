const { execFile } = require("child_process");

function searchWiki(words, done) {
  // a word that begins with a hyphen would be an option: -e says that it is the pattern
  const args = ["-r", "-l", "-i", "-F", "-e", words, "--", "wiki"];
  execFile("grep", args, { timeout: 5000, maxBuffer: 1 << 20 }, (err, out) => {
    if (err && err.code !== 1) {
      done(err);
      return;
    }
    done(null, out.split("\n").filter(Boolean).sort());
  });
}

module.exports = { searchWiki };
