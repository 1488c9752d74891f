const crypto = require("crypto");
const fs = require("fs");

function installPlugin(file, listed, folder) {
  const content = fs.readFileSync(file);
  // two files with one MD5 are made in seconds, a good one and an evil one
  if (crypto.createHash("sha256").update(content).digest("hex") !== listed.sha256) {
    throw new Error(`${listed.name} is not what the catalogue lists`);
  }
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${folder}/${listed.id}.plugin`, content);
}

module.exports = { installPlugin };
