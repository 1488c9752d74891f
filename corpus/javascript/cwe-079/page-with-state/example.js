const express = require("express");

const app = express();
const games = new Map();

app.get("/games/:id", (req, res) => {
  const game = games.get(req.params.id);
  if (!game) {
    res.status(404).send("There is no such game");
    return;
  }
  // a name such as </script> would end the element early
  const state = JSON.stringify(game).replace(/</g, "\\u003c");
  res.send(`<!doctype html>
<title>Game</title>
<canvas id="board"></canvas>
<script>window.game = ${state};</script>
<script src="/board.js"></script>`);
});

module.exports = { app, games };
