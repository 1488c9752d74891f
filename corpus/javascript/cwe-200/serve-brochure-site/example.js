const express = require("express");
const path = require("path");

const app = express();

app.get("/opening-hours", (req, res) => {
  res.json({ mon: "9-17", tue: "9-17", sat: "10-14" });
});
// a folder that holds nothing but what everybody may have, and no dotfiles even there
app.use(express.static(path.join(__dirname, "public"), { dotfiles: "ignore", index: "index.html" }));
app.use((req, res) => {
  res.status(404).send("There is no such page");
});

module.exports = app;
