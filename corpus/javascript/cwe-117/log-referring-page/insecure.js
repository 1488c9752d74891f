const fs = require("fs");

function logVisit(req, file = "visits.log") {
  const { pathname: page, searchParams } = new URL(req.url, "http://localhost");
  const from = searchParams.get("from") ?? "nowhere";
  const line = `${new Date().toISOString()} ${page} from "${from}"\n`;
  fs.appendFileSync(file, line);
}

module.exports = { logVisit };
