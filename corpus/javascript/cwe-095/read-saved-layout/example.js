const fs = require("fs");

function readLayout(file) {
  const text = fs.readFileSync(file, "utf8");
  // the file is data: a parser cannot run it
  const layout = JSON.parse(text);
  if (!Array.isArray(layout.windows)) {
    return [];
  }
  return layout.windows.map(({ id, x = 0, y = 0, width = 800, height = 600 }) => ({
    id: String(id),
    frame: [x, y, width, height].map(Number),
  }));
}

module.exports = { readLayout };
