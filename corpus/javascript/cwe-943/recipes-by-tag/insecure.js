const express = require("express");
const { MongoClient } = require("mongodb");

const app = express();
app.set("query parser", "extended");
const recipes = new MongoClient(process.env.MONGO_URL).db("kitchen").collection("recipes");

app.get("/recipes", async (req, res) => {
  const found = await recipes
    .find({ tag: req.query.tag, draft: false })
    .project({ _id: 0, title: 1, minutes: 1 })
    .limit(50)
    .toArray();
  res.json(found);
});

module.exports = app;
