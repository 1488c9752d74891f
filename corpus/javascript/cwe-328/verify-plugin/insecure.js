const crypto = require("crypto");
const fs = require("fs");

function installPlugin(file, listed, folder) {
  const content = fs.readFileSync(file);
  if (crypto.createHash("md5").update(content).digest("hex") !== listed.md5) {
    throw new Error(`${listed.name} is not what the catalogue lists`);
  }
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${folder}/${listed.id}.plugin`, content);
}

module.exports = { installPlugin };
