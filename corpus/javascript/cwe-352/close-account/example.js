const express = require("express");

const app = express();
const accounts = new Map();

app.post("/account/close", (req, res) => {
  // the browser sets this header, and a page cannot: what another site causes is not same-origin
  if (req.get("Sec-Fetch-Site") !== "same-origin") {
    res.status(403).send("Please use the page of your account");
    return;
  }
  const account = accounts.get(req.session.userId);
  if (!account) {
    res.status(401).send("Please sign in");
    return;
  }
  account.closedAt = new Date();
  res.send("Your account is closed");
});

module.exports = { app, accounts };
