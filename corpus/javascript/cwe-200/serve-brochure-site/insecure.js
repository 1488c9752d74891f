const express = require("express");

const app = express();

app.get("/opening-hours", (req, res) => {
  res.json({ mon: "9-17", tue: "9-17", sat: "10-14" });
});
app.use(express.static(__dirname, { dotfiles: "allow", index: "public/index.html" }));
app.use((req, res) => {
  res.status(404).send("There is no such page");
});

module.exports = app;
