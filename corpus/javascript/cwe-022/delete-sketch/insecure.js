const fs = require("fs/promises");
const path = require("path");

async function deleteSketch(req, res) {
  const name = new URL(req.url, "http://localhost").searchParams.get("name") ?? "";
  try {
    await fs.unlink(path.join("sketches", name));
    res.writeHead(204).end();
  } catch {
    res.writeHead(404).end("no such sketch");
  }
}

module.exports = { deleteSketch };
