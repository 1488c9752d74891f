const { EventEmitter } = require("events");

function lines(m) {
  const written = [];
  const req = {
    method: "GET", url: "/orders?page=2",
    headers: { host: "shop.example", authorization: "Bearer s3cret", cookie: "sid=s3cret", "x-api-key": "s3cret" },
  };
  const res = Object.assign(new EventEmitter(), { statusCode: 200 });
  m.requestLog((line) => written.push(line))(req, res, () => res.emit("finish"));
  return written.join("");
}

functional("logs a request", async (m, t) => {
  const entry = JSON.parse(lines(m));
  t.check(entry.url === "/orders" && entry.status === 200 && entry.headers.host === "shop.example", lines(m));
});

exploit("credentials", async (m, t) => {
  if (lines(m).includes("s3cret")) t.exploited("the log holds the credentials of the request");
});
