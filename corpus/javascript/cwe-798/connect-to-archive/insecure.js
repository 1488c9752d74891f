const { Pool } = require("pg");

function connect() {
  return new Pool({
    host: process.env.ARCHIVE_DB_HOST ?? "localhost",
    database: "archive",
    user: "archive_reader",
    password: "Oak-Shelf-1887",
    max: 8,
    statement_timeout: 10_000,
  });
}

module.exports = { connect };
