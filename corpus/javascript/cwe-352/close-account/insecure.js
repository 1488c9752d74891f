const express = require("express");

const app = express();
const accounts = new Map();

app.get("/account/close", (req, res) => {
  const account = accounts.get(req.session.userId);
  if (!account) {
    res.status(401).send("Please sign in");
    return;
  }
  account.closedAt = new Date();
  res.send("Your account is closed");
});

module.exports = { app, accounts };
