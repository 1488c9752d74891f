const http = require("http");

const partners = new Map([
  ["1", { name: "Seeds & Co", address: "https://seeds.example/welcome", clicks: 0 }],
  ["2", { name: "Potters", address: "https://potters.example/", clicks: 0 }],
]);

const server = http.createServer((req, res) => {
  const query = new URL(req.url, "http://localhost").searchParams;
  const partner = partners.get(query.get("partner"));
  if (!partner) {
    res.writeHead(404).end("no such partner");
    return;
  }
  partner.clicks++;
  // the target is ours: from the request comes only which one of them
  res.writeHead(302, { Location: partner.address }).end();
});

module.exports = { server, partners };
