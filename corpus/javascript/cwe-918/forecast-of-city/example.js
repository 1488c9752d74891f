const express = require("express");

const app = express();

app.get("/forecast", async (req, res) => {
  const city = String(req.query.city ?? "");
  try {
    // encoded, the city stays one part of the path: no slash, no question mark, no dots that climb
    const answer = await fetch(`http://weather.internal:8080/cities/${encodeURIComponent(`c-${city}`)}/days`);
    const days = await answer.json();
    res.json(days.slice(0, 5).map(({ date, low, high }) => ({ date, low, high })));
  } catch {
    res.status(502).send("The weather service does not answer");
  }
});

module.exports = app;
