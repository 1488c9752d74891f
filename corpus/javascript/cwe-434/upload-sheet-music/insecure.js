const crypto = require("crypto");
const fs = require("fs/promises");

async function storeSheet(upload) {
  if (upload.size > 10_000_000) {
    throw new Error("the file is too large");
  }
  const name = `${crypto.randomUUID()}.${upload.name.split(".").pop()}`;
  await fs.mkdir("public/sheets", { recursive: true });
  await fs.writeFile(`public/sheets/${name}`, upload.content);
  return `/sheets/${name}`;
}

module.exports = { storeSheet };
