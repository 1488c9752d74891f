const http = require("http");

const server = http.createServer((req, res) => {
  const query = new URL(req.url, "http://localhost").searchParams;
  const label = (query.get("label") ?? "build").slice(0, 80);
  const color = query.get("state") === "failed" ? "crimson" : "seagreen";
  res.writeHead(200, { "Content-Type": "image/svg+xml" });
  res.end(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${label.length * 8 + 20}" height="20">` +
      `<rect width="100%" height="20" rx="3" fill="${color}"/>` +
      `<text x="10" y="14" fill="white">${label}</text></svg>`,
  );
});

module.exports = server;
