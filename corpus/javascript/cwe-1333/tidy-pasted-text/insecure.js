function tidy(text) {
  const lines = text.split("\n");
  const tidied = [];
  for (const line of lines) {
    const kept = line.replace(/\s+$/, "");
    if (kept !== "" || tidied.at(-1) !== "") {
      tidied.push(kept);
    }
  }
  return tidied.join("\n").trim();
}

module.exports = { tidy };
