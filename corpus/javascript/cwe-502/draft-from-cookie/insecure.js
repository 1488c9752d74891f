const express = require("express");
const cookieParser = require("cookie-parser");
const serialize = require("node-serialize");

const app = express();
app.use(cookieParser());

app.get("/letters/new", (req, res) => {
  let draft = { to: "", text: "" };
  if (req.cookies.draft) {
    const saved = Buffer.from(req.cookies.draft, "base64").toString();
    draft = serialize.unserialize(saved);
  }
  res.render("letter", { to: String(draft.to), text: String(draft.text) });
});

module.exports = app;
