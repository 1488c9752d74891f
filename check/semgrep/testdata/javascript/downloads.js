const childProcess = require("child_process");
const express = require("express");
const fs = require("fs");
const path = require("path");
const { promisify } = require("util");
const { exec, spawn } = require("node:child_process");
const { unlink, createReadStream } = require("fs");

const app = express();
const FOLDER = path.join(__dirname, "downloads");

app.get("/file/:name", (req, res) => {
  // ruleid: seccoder.javascript.path-traversal
  res.sendFile(path.join(FOLDER, req.params.name));
  // ruleid: seccoder.javascript.path-traversal
  res.sendFile(`${FOLDER}/${req.params.name}`);
  // ok: seccoder.javascript.path-traversal
  res.sendFile(req.params.name, { root: FOLDER });
  // ok: seccoder.javascript.path-traversal
  res.sendFile(path.join(FOLDER, path.basename(req.params.name)));
});

app.get("/stream", (req, res) => {
  const name = req.query.name;
  // ruleid: seccoder.javascript.path-traversal
  fs.createReadStream(path.join(FOLDER, name)).pipe(res);
  // ruleid: seccoder.javascript.path-traversal
  createReadStream(`downloads/${name}`).pipe(res);
  // ruleid: seccoder.javascript.path-traversal
  require("node:fs").createReadStream(name).pipe(res);
  const file = path.resolve(FOLDER, name);
  if (!file.startsWith(FOLDER + path.sep)) {
    return res.status(404).end();
  }
  // ok: seccoder.javascript.path-traversal
  fs.createReadStream(file).pipe(res);
});

app.delete("/file/:name", async (req, res) => {
  // ruleid: seccoder.javascript.path-traversal
  fs.unlink(`${FOLDER}/${req.params.name}`, () => res.end());
  // ruleid: seccoder.javascript.path-traversal
  await fs.promises.unlink(path.join(FOLDER, req.params.name));
  // ruleid: seccoder.javascript.path-traversal
  unlink(FOLDER + "/" + req.params.name, () => {});
  // ruleid: seccoder.javascript.path-traversal
  fs.renameSync("upload", path.join(FOLDER, req.body.name));
  // ok: seccoder.javascript.path-traversal
  fs.unlink(path.join(FOLDER, "index.html"), () => {});
});

app.post("/pack", async (req, res) => {
  const name = req.body.name;
  // ruleid: seccoder.javascript.command-injection
  childProcess.exec(`tar cf ${name}.tar ${name}`, () => res.end());
  // ruleid: seccoder.javascript.command-injection
  exec(`tar cf ${name}.tar downloads`);
  // ruleid: seccoder.javascript.command-injection
  require("node:child_process").execSync(`rm -r ${name}`);
  // ruleid: seccoder.javascript.command-injection
  await promisify(exec)(`gzip ${name}`);
  // ruleid: seccoder.javascript.command-injection
  spawn(`gzip ${name}`, { shell: true });
  // ok: seccoder.javascript.command-injection
  childProcess.execFile("tar", ["cf", "all.tar", "--", name], () => res.end());
  // ok: seccoder.javascript.command-injection
  exec(`tar cf all.tar ${FOLDER}`);
});

function pack(name) {
  // ruleid: seccoder.javascript.command-built
  childProcess.execSync(`tar cf ${name}.tar ${name}`);
  // ruleid: seccoder.javascript.command-built
  childProcess.spawnSync(`gzip ${name}`, { shell: true });
  // ok: seccoder.javascript.command-built
  childProcess.execFileSync("tar", ["cf", "all.tar", "--", name]);
}
