const fs = require("fs");
const os = require("os");
const path = require("path");

function saveDraft(name, text, home = os.homedir()) {
  const folder = path.join(home, ".letters", "drafts");
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${encodeURIComponent(name)}.txt`);
  const backup = `${file}~`;
  if (fs.existsSync(file)) {
    fs.renameSync(file, backup);
  }
  fs.writeFileSync(file, text);
  return file;
}

module.exports = { saveDraft };
