functional("counts votes", async (m, t) => {
  m.castVote("colour", "ada", "blue");
  m.castVote("colour", "bo", "red");
  m.castVote("colour", "cy", "red");
  t.check(JSON.stringify(m.count("colour")) === '[["red",2],["blue",1]]', JSON.stringify(m.count("colour")));
  t.check(m.count("shape").length === 0, "no votes");
});

exploit("the prototype for a question", async (m, t) => {
  await t.attempt(() => m.castVote("__proto__", "admin", "yes"));
  if ({}.admin) t.exploited("every object has the property admin");
});
