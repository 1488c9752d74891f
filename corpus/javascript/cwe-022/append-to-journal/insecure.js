const { appendFile, mkdir } = require("fs/promises");
const path = require("path");

async function addToJournal(bed, text) {
  await mkdir("journals", { recursive: true });
  const line = `${new Date().toISOString()} ${text.trim()}\n`;
  await appendFile(path.join("journals", `${bed}.log`), line);
}

module.exports = { addToJournal };
