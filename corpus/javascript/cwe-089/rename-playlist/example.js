const express = require("express");
const mysql = require("mysql2/promise");

const app = express();
const db = mysql.createPool(process.env.DATABASE_URL);
app.use(express.json());

app.put("/playlists/:id/name", async (req, res) => {
  // execute prepares the statement; the values are sent apart from it
  const [result] = await db.execute("UPDATE playlists SET name = ? WHERE id = ? AND owner = ?", [
    req.body.name,
    req.params.id,
    req.session.userId,
  ]);
  res.sendStatus(result.affectedRows === 1 ? 204 : 404);
});

module.exports = app;
