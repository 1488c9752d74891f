const { appendFile, mkdir } = require("fs/promises");
const path = require("path");

async function addToJournal(bed, text) {
  await mkdir("journals", { recursive: true });
  const line = `${new Date().toISOString()} ${text.trim()}\n`;
  // basename drops every folder that the name brings along
  await appendFile(path.join("journals", `${path.basename(bed)}.log`), line);
}

module.exports = { addToJournal };
