const http = require("http");

const cache = new Map();

const server = http.createServer((req, res) => {
  if (req.method !== "POST" || req.url !== "/cache/flush") {
    res.writeHead(404).end();
    return;
  }
  const pages = cache.size;
  cache.clear();
  res.writeHead(200).end(`${pages} pages dropped`);
});

module.exports = { server, cache };
