const fs = require("fs");

function logVisit(req, file = "visits.log") {
  const { pathname: page, searchParams } = new URL(req.url, "http://localhost");
  const from = searchParams.get("from") ?? "nowhere";
  // stringify leaves no line break, so one visit is one line
  const line = `${new Date().toISOString()} ${page} from ${JSON.stringify(from)}\n`;
  fs.appendFileSync(file, line);
}

module.exports = { logVisit };
