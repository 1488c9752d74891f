const crypto = require("crypto");
const fs = require("fs/promises");

async function storeSheet(upload) {
  if (upload.size > 10_000_000) {
    throw new Error("the file is too large");
  }
  // what the sender calls it decides nothing: the content is looked at and the ending is ours
  if (upload.content.subarray(0, 5).toString("latin1") !== "%PDF-") {
    throw new Error("only PDF files");
  }
  const name = `${crypto.randomUUID()}.pdf`;
  await fs.mkdir("public/sheets", { recursive: true });
  await fs.writeFile(`public/sheets/${name}`, upload.content);
  return `/sheets/${name}`;
}

module.exports = { storeSheet };
