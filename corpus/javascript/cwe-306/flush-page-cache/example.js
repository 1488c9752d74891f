const crypto = require("crypto");
const http = require("http");

const cache = new Map();

const server = http.createServer((req, res) => {
  if (req.method !== "POST" || req.url !== "/cache/flush") {
    res.writeHead(404).end();
    return;
  }
  // whoever can reach the port is not yet the deployment; without a token nobody is
  const sent = crypto.createHash("sha256").update(req.headers.authorization ?? "").digest();
  const token = crypto.createHash("sha256").update(`Bearer ${process.env.DEPLOY_TOKEN}`).digest();
  if (!process.env.DEPLOY_TOKEN || !crypto.timingSafeEqual(sent, token)) {
    res.writeHead(401).end("the token is missing or wrong");
    return;
  }
  const pages = cache.size;
  cache.clear();
  res.writeHead(200).end(`${pages} pages dropped`);
});

module.exports = { server, cache };
