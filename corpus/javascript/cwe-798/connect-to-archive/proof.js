const fs = require("fs");
const path = require("path");

const connect = (m) => {
  process.env.ARCHIVE_DB_PASSWORD = "set by who runs it";
  return m.connect().options;
};

functional("connects as a reader", async (m, t) => {
  const { database, user, password } = connect(m);
  t.check(database === "archive" && user === "archive_reader" && password, `${user} of ${database}`);
});

exploit("somebody who has read the source", async (m, t) => {
  const strings = fs.readFileSync(path.join(__dirname, "program.js"), "utf8").match(/"[^"\n]*"/g);
  const { password } = connect(m);
  if (strings.includes(JSON.stringify(password))) t.exploited("a string of the source opens the database");
});
