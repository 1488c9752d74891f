const { Pool } = require("pg");

function connect() {
  // a password in the source is known to all who ever had the source
  if (!process.env.ARCHIVE_DB_PASSWORD) {
    throw new Error("set ARCHIVE_DB_PASSWORD");
  }
  return new Pool({
    host: process.env.ARCHIVE_DB_HOST ?? "localhost",
    database: "archive",
    user: "archive_reader",
    password: process.env.ARCHIVE_DB_PASSWORD,
    max: 8,
    statement_timeout: 10_000,
  });
}

module.exports = { connect };
