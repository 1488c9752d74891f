const fs = require("fs/promises");
const path = require("path");

async function deleteSketch(req, res) {
  const name = new URL(req.url, "http://localhost").searchParams.get("name") ?? "";
  try {
    // after resolving, what is still below the folder is a sketch; all else is somebody else's file
    if (!path.resolve("sketches", name).startsWith(path.resolve("sketches") + path.sep)) {
      res.writeHead(400).end("no such sketch");
      return;
    }
    await fs.unlink(path.join("sketches", name));
    res.writeHead(204).end();
  } catch {
    res.writeHead(404).end("no such sketch");
  }
}

module.exports = { deleteSketch };
