const express = require("express");

const app = express();

app.get("/forecast", async (req, res) => {
  const city = String(req.query.city ?? "");
  try {
    const answer = await fetch(`http://weather.internal:8080/cities/c-${city}/days`);
    const days = await answer.json();
    res.json(days.slice(0, 5).map(({ date, low, high }) => ({ date, low, high })));
  } catch {
    res.status(502).send("The weather service does not answer");
  }
});

module.exports = app;
