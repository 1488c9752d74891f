const { exec, execFile, spawn } = require("child_process");
const crypto = require("crypto");
const express = require("express");
const fs = require("fs");
const jwt = require("jsonwebtoken");
const mysql = require("mysql");
const path = require("path");
const serialize = require("node-serialize");
const _ = require("lodash");

const app = express();
const FOLDER = "/srv/files";
const HOSTS = { img: "https://img.example.org" };

app.get("/lookup", (req, res) => {
  const host = req.query.host;
  // ruleid: seccoder.javascript.command-injection
  exec("nslookup " + host, (err, out) => res.json({ out }));
  // ruleid: seccoder.javascript.command-injection
  exec(`nslookup ${host}`);
  // ruleid: seccoder.javascript.command-injection
  spawn("sh", ["-c", "nslookup " + host]);
  // ok: seccoder.javascript.command-injection
  execFile("nslookup", [host], (err, out) => res.json({ out }));
  // ok: seccoder.javascript.command-injection
  exec("kill " + parseInt(req.query.pid, 10));
  // ok: seccoder.javascript.command-injection
  exec("uptime");
  if (!/^[a-z0-9.]+$/.test(host)) {
    return res.sendStatus(400);
  }
  // ok: seccoder.javascript.command-injection
  exec("nslookup " + host);
});

function archive(name) {
  // ruleid: seccoder.javascript.command-built
  exec(`tar czf backup.tgz ${name}`);
  // ok: seccoder.javascript.command-built
  execFile("tar", ["czf", "backup.tgz", name]);
}

app.get("/user", (req, res) => {
  const { name } = req.query;
  // ruleid: seccoder.javascript.sql-injection
  db.query("SELECT * FROM users WHERE name = '" + name + "'", (err, rows) => res.json(rows));
  const statement = `SELECT * FROM users WHERE name = '${req.params.name}'`;
  // ruleid: seccoder.javascript.sql-injection
  connection.query(statement);
  // ok: seccoder.javascript.sql-injection
  db.query("SELECT * FROM users WHERE name = ?", [name], (err, rows) => res.json(rows));
  // ok: seccoder.javascript.sql-injection
  db.query("SELECT * FROM users WHERE id = " + Number(req.query.id));
  // ok: seccoder.javascript.sql-injection
  db.query("SELECT * FROM users WHERE name = " + mysql.escape(name));
});

async function find(db, name) {
  // ruleid: seccoder.javascript.sql-built
  await db.query(`SELECT * FROM users WHERE name = '${name}'`);
  // ok: seccoder.javascript.sql-built
  return db.query("SELECT * FROM users WHERE name = $1", [name]);
}

class Store {
  run(query, values) {
    // ok: seccoder.javascript.sql-built
    return this.db.query(query, values);
  }
  rename(from, to) {
    const query = "UPDATE users SET name = '" + to + "' WHERE name = '" + from + "'";
    // ruleid: seccoder.javascript.sql-built
    return this.db.run(query);
  }
}

app.get("/hello", (req, res) => {
  // ruleid: seccoder.javascript.cross-site-scripting
  res.send("<h1>Hello " + req.query.name + "</h1>");
  // ruleid: seccoder.javascript.cross-site-scripting
  res.status(404).send(`no page ${req.params.page}`);
  // ok: seccoder.javascript.cross-site-scripting
  res.send("<h1>Hello " + escapeHtml(req.query.name) + "</h1>");
  // ok: seccoder.javascript.cross-site-scripting
  res.json({ name: req.query.name });
  // ok: seccoder.javascript.cross-site-scripting
  res.render("hello", { name: req.query.name });
  // ok: seccoder.javascript.cross-site-scripting
  res.send("<p>" + Number(req.query.count) + "</p>");
});

app.get("/plain", (req, res) => {
  res.type("text/plain");
  // ok: seccoder.javascript.cross-site-scripting
  res.send(req.query.name);
});

app.get("/file", (req, res) => {
  const name = req.query.name;
  // ruleid: seccoder.javascript.path-traversal
  fs.readFile(path.join(FOLDER, name), (err, data) => res.json({ data }));
  // ruleid: seccoder.javascript.path-traversal
  res.sendFile(FOLDER + "/" + name);
  // ok: seccoder.javascript.path-traversal
  res.sendFile(name, { root: FOLDER });
  // ok: seccoder.javascript.path-traversal
  fs.readFile(path.join(FOLDER, path.basename(name)), (err, data) => res.json({ data }));
});

app.get("/file/checked", (req, res) => {
  const full = path.resolve(FOLDER, req.query.name);
  if (!full.startsWith(FOLDER + path.sep)) {
    return res.sendStatus(404);
  }
  // ok: seccoder.javascript.path-traversal
  fs.createReadStream(full).pipe(res);
});

app.post("/calc", (req, res) => {
  // ruleid: seccoder.javascript.code-injection
  res.json({ result: eval(req.body.expression) });
  // ruleid: seccoder.javascript.code-injection
  const f = new Function("x", req.body.code);
  // ok: seccoder.javascript.code-injection
  res.json({ result: JSON.parse(req.body.value), f });
});

function evaluate(expression) {
  // ruleid: seccoder.javascript.eval-of-value
  return eval(expression);
}

function evaluateNumber(expression) {
  // ok: seccoder.javascript.eval-of-value
  return Number(expression);
}

app.post("/state", (req, res) => {
  // ruleid: seccoder.javascript.deserialization
  const state = serialize.unserialize(req.body.state);
  // ok: seccoder.javascript.deserialization
  res.json({ state, other: JSON.parse(req.body.state) });
});

app.get("/go", (req, res) => {
  // ruleid: seccoder.javascript.open-redirect
  res.redirect(req.query.next);
});

app.get("/go/fixed", (req, res) => {
  const next = req.query.next;
  if (!["/home", "/profile"].includes(next)) {
    return res.sendStatus(400);
  }
  // ok: seccoder.javascript.open-redirect
  res.redirect(next);
  // ok: seccoder.javascript.open-redirect
  res.redirect("/users/" + req.query.name);
});

app.get("/fetch", async (req, res) => {
  // ruleid: seccoder.javascript.server-side-request
  const first = await fetch(req.query.url);
  // ok: seccoder.javascript.server-side-request
  const second = await fetch(`https://img.example.org/${req.query.name}`);
  // ok: seccoder.javascript.server-side-request
  const third = await fetch(HOSTS[req.query.host]);
  res.json({ first, second, third });
});

app.get("/fetch/checked", async (req, res) => {
  const url = req.query.url;
  const parts = new URL(url);
  if (parts.hostname !== "img.example.org") {
    return res.sendStatus(400);
  }
  // ok: seccoder.javascript.server-side-request
  res.json(await (await fetch(url)).json());
});

app.post("/settings", (req, res) => {
  const { section, key } = req.body;
  // ruleid: seccoder.javascript.prototype-pollution
  settings[section][key] = req.body.value;
  // ruleid: seccoder.javascript.prototype-pollution
  _.merge(settings, req.body);
  // ok: seccoder.javascript.prototype-pollution
  settings.colour = req.body.colour;
  res.sendStatus(204);
});

app.post("/settings/fixed", (req, res) => {
  const { section, key } = req.body;
  if (!["page", "mail"].includes(section)) {
    return res.sendStatus(400);
  }
  // ok: seccoder.javascript.prototype-pollution
  settings[section][key] = req.body.value;
  res.sendStatus(204);
});

function merge(target, source) {
  for (const key in source) {
    if (typeof source[key] === "object") {
      // ruleid: seccoder.javascript.unsafe-merge
      merge(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
}

function mergeFixed(target, source) {
  for (const key in source) {
    if (key === "__proto__" || key === "constructor") continue;
    if (typeof source[key] === "object") {
      // ok: seccoder.javascript.unsafe-merge
      mergeFixed(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
}

function user(token, key) {
  // ruleid: seccoder.javascript.jwt-not-verified
  const first = jwt.decode(token);
  // ok: seccoder.javascript.jwt-not-verified
  const second = jwt.verify(token, key, { algorithms: ["HS256"] });
  // ruleid: seccoder.javascript.hard-coded-secret
  const third = jwt.sign({ name: second.name }, "sehr-geheim-11");
  // ok: seccoder.javascript.hard-coded-secret
  const fourth = jwt.sign({ name: second.name }, process.env.JWT_SECRET);
  return [first, third, fourth];
}

// ruleid: seccoder.javascript.hard-coded-secret
const apiKey = "u8Xq4pLz71bcdd";
// ruleid: seccoder.javascript.hard-coded-secret
const pool = mysql.createPool({ host: "localhost", password: "winter-2019-blue" });
// ok: seccoder.javascript.hard-coded-secret
const password = process.env.DB_PASSWORD;

function makeToken() {
  // ruleid: seccoder.javascript.weak-random
  return Math.random().toString(36).slice(2);
}

function invite() {
  // ruleid: seccoder.javascript.weak-random
  const sessionId = "s" + Math.random();
  // ok: seccoder.javascript.weak-random
  const token = crypto.randomBytes(32).toString("hex");
  // ok: seccoder.javascript.weak-random
  const colour = Math.random() < 0.5 ? "red" : "green";
  return [sessionId, token, colour];
}

function hash(data, key, iv) {
  // ruleid: seccoder.javascript.weak-hash
  const first = crypto.createHash("md5").update(data).digest("hex");
  // ok: seccoder.javascript.weak-hash
  const second = crypto.createHash("sha256").update(data).digest("hex");
  // ruleid: seccoder.javascript.weak-cipher
  const third = crypto.createCipheriv("aes-128-ecb", key, null);
  // ok: seccoder.javascript.weak-cipher
  const fourth = crypto.createCipheriv("aes-256-gcm", key, iv);
  return [first, second, third, fourth];
}

// ruleid: seccoder.javascript.tls-verification-off
const loose = new https.Agent({ rejectUnauthorized: false });
// ok: seccoder.javascript.tls-verification-off
const strict = new https.Agent({ ca: fs.readFileSync("ca.pem") });

app.post("/login", (req, res) => {
  // ruleid: seccoder.javascript.cookie-flags
  res.cookie("session", newSession());
  // ok: seccoder.javascript.cookie-flags
  res.cookie("session", newSession(), { httpOnly: true, secure: true, sameSite: "lax" });
  // ok: seccoder.javascript.cookie-flags
  res.cookie("colour", "red");
  // ruleid: seccoder.javascript.nosql-injection
  User.findOne({ name: req.body.name, password: req.body.password });
  // ok: seccoder.javascript.nosql-injection
  User.findOne({ name: String(req.body.name) });
  // ruleid: seccoder.javascript.regex-injection
  const found = names.filter((name) => new RegExp(req.body.name).test(name));
  // ok: seccoder.javascript.regex-injection
  const also = names.filter((name) => new RegExp(_.escapeRegExp(req.body.name)).test(name));
  res.json({ found, also });
});
