const express = require("express");
const path = require("path");

const app = express();

app.get("/invoices", (req, res) => {
  const file = String(req.query.file);
  res.set("Cache-Control", "private, no-store");
  // with root, Express resolves the name and answers 403 where it leaves the folder
  res.sendFile(file, { root: path.resolve("invoices"), dotfiles: "deny" }, (err) => {
    if (err && !res.headersSent) {
      res.status(404).send("There is no such invoice");
    }
  });
});

module.exports = app;
