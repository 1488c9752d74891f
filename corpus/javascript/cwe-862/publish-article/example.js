const articles = new Map();

function publish(req, res) {
  if (!req.user) {
    res.status(401).json({ error: "please sign in" });
    return;
  }
  const article = articles.get(Number(req.params.id));
  if (!article) {
    res.status(404).json({ error: "no such article" });
    return;
  }
  // everybody may write, but who publishes is decided by the role
  if (!req.user.roles.includes("editor")) {
    res.status(403).json({ error: "only editors publish" });
    return;
  }
  article.published = true;
  article.publishedBy = req.user.name;
  res.json(article);
}

module.exports = { publish, articles };
