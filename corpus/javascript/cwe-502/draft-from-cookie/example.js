const express = require("express");
const cookieParser = require("cookie-parser");

const app = express();
app.use(cookieParser());

app.get("/letters/new", (req, res) => {
  let draft = { to: "", text: "" };
  if (req.cookies.draft) {
    const saved = Buffer.from(req.cookies.draft, "base64").toString();
    // JSON has no functions, so nothing of the cookie can run
    draft = JSON.parse(saved);
  }
  res.render("letter", { to: String(draft.to), text: String(draft.text) });
});

module.exports = app;
