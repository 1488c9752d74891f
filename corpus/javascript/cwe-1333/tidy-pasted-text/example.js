function tidy(text) {
  const lines = text.split("\n");
  const tidied = [];
  for (const line of lines) {
    // one pass from the end, however many blanks a line holds
    const kept = line.trimEnd();
    if (kept !== "" || tidied.at(-1) !== "") {
      tidied.push(kept);
    }
  }
  return tidied.join("\n").trim();
}

module.exports = { tidy };
