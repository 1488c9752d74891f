const fs = require("fs");

async function remove(m, t, name) {
  fs.mkdirSync("sketches");
  fs.writeFileSync("sketches/tree.svg", "<svg/>");
  fs.writeFileSync("accounts.db", "ada");
  const address = await t.serve(m.deleteSketch);
  return t.request(`${address}/sketch?name=${encodeURIComponent(name)}`, { method: "DELETE" });
}

functional("deletes a sketch", async (m, t) => {
  const answer = await remove(m, t, "tree.svg");
  t.check(answer.status === 204 && !fs.existsSync("sketches/tree.svg"), `status ${answer.status}`);
});

functional("says that there is none", async (m, t) => {
  t.check((await remove(m, t, "house.svg")).status === 404, "404");
});

exploit("a name with dots", async (m, t) => {
  await remove(m, t, "../accounts.db");
  if (!fs.existsSync("accounts.db")) t.exploited("the file beside the folder was deleted");
});
