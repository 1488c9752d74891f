function publish(m, user) {
  m.articles.set(4, { title: "Canteen", published: false });
  let status = 200;
  const res = { status: (code) => ((status = code), res), json: () => res };
  m.publish({ user, params: { id: "4" } }, res);
  return status;
}

functional("publishes", async (m, t) => {
  t.check(publish(m, { name: "ada", roles: ["author", "editor"] }) === 200, "200");
  t.check(m.articles.get(4).publishedBy === "ada", "published");
});

functional("asks to sign in", async (m, t) => {
  t.check(publish(m, undefined) === 401, "401");
});

exploit("an author", async (m, t) => {
  await t.attempt(() => publish(m, { name: "bo", roles: ["author"] }));
  if (m.articles.get(4).published) t.exploited("somebody who is no editor published");
});
