const fs = require("fs");

const log = (m, from) => {
  m.logVisit({ url: `/plans?from=${encodeURIComponent(from)}` }, "log");
  return fs.readFileSync("log", "utf8");
};

functional("logs a visit", async (m, t) => {
  t.check(/^\S+ \/plans from "https:\/\/a\.example\/"\n$/.test(log(m, "https://a.example/")), "one line");
});

exploit("a line break", async (m, t) => {
  if (log(m, 'x"\n2026-01-01T00:00:00Z /admin from "y').trim().split("\n").length > 1) t.exploited("one visit wrote two lines");
});
