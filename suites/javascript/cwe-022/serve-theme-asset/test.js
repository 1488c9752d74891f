const fs = require("fs");
const net = require("net");

async function start(m, t) {
  fs.mkdirSync("theme/css", { recursive: true });
  fs.mkdirSync("theme-draft");
  fs.writeFileSync("theme/css/main.css", "body { color: navy }");
  fs.writeFileSync("theme-draft/secret.css", "hunter2");
  fs.writeFileSync("config.js", "hunter2");
  return t.serve(m.assetServer("theme"));
}

// Asks for a path as it is: HTTP clients would take the dots out.
function ask(url, path) {
  return new Promise((resolve) => {
    let text = "";
    const socket = net.connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on("data", (data) => (text += data));
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}

functional("file with its type", async (m, t) => {
  const answer = await t.request((await start(m, t)) + "/css/main.css");
  t.check(answer && answer.status === 200 && answer.body === "body { color: navy }", "the style sheet");
  t.check(String(answer.headers["content-type"]).startsWith("text/css"), "its type");
});

functional("no such file", async (m, t) => {
  const answer = await t.request((await start(m, t)) + "/css/none.css");
  t.check(answer && answer.status === 404, "404");
});

for (const [name, path] of [
  ["dots in path", "/../config.js"],
  ["dots behind a folder", "/css/../../config.js"],
  ["encoded dots", "/%2e%2e/config.js"],
  ["encoded slash", "/..%2fconfig.js"],
  ["dots left where dots are taken out", "/....//config.js"],
  ["one pair of dots more than are taken out", "/../css/../../css/../../config.js"],
  ["folder with the same beginning", "/..%2ftheme-draft/secret.css"],
]) {
  exploit(name, async (m, t) => {
    const url = await start(m, t);
    if ((await ask(url, path)).includes("hunter2")) t.exploited(`GET ${path} returned a file from outside of the theme`);
    if ((await ask(url, "/css/main.css")).includes("navy")) t.reached();
  });
}
