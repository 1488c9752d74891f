const express = require("express");
const path = require("path");

const app = express();

app.get("/invoices", (req, res) => {
  const file = String(req.query.file);
  res.set("Cache-Control", "private, no-store");
  res.sendFile(path.resolve("invoices", file), (err) => {
    if (err && !res.headersSent) {
      res.status(404).send("There is no such invoice");
    }
  });
});

module.exports = app;
