const express = require("express");
const mysql = require("mysql2/promise");

const app = express();
const db = mysql.createPool(process.env.DATABASE_URL);
app.use(express.json());

app.put("/playlists/:id/name", async (req, res) => {
  const [result] = await db.query(
    `UPDATE playlists SET name = '${req.body.name}' WHERE id = ${req.params.id} AND owner = ${req.session.userId}`,
  );
  res.sendStatus(result.affectedRows === 1 ? 204 : 404);
});

module.exports = app;
