const http = require("http");

const pages = new Map([["/", "<h1>Allotment society</h1>"]]);

const server = http.createServer((req, res) => {
  const wanted = decodeURIComponent(req.url.split("?")[0]);
  if (pages.has(wanted)) {
    res.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    res.end(pages.get(wanted));
    return;
  }
  // what the visitor sent is echoed, and as plain text it is no markup
  res.writeHead(404, { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" });
  res.end(`There is no page ${wanted}`);
});

module.exports = server;
