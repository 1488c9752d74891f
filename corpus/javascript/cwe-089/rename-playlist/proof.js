const { run } = require("sqlite-standin");

async function rename(m, t, id, name) {
  run("CREATE TABLE playlists (id INTEGER, owner INTEGER, name TEXT)");
  run("INSERT INTO playlists VALUES (1, 5, 'Rain'), (2, 6, 'Running')");
  const address = await t.serve((req, res) => {
    req.session = { userId: 5 };
    return m.app(req, res);
  });
  // fetch, which waits longer than t.request: another process makes the change
  const { status } = await fetch(`${address}/playlists/${encodeURIComponent(id)}/name`, { method: "PUT", body: JSON.stringify({ name }) });
  return { status, names: run("SELECT name FROM playlists ORDER BY id").rows.map((row) => row.name).join() };
}

functional("renames a playlist", async (m, t) => {
  const { status, names } = await rename(m, t, "1", "Storm");
  t.check(status === 204 && names === "Storm,Running", `${status} ${names}`);
});

functional("leaves those of others", async (m, t) => {
  const { status, names } = await rename(m, t, "2", "Storm");
  t.check(status === 404 && names === "Rain,Running", `${status} ${names}`);
});

for (const [what, id, name] of [["in the name", "1", "mine' WHERE id = 2 -- "], ["in the address", "2 --", "mine"]]) {
  exploit(`a comment ${what}`, async (m, t) => {
    const { names } = await rename(m, t, id, name);
    if (!names.endsWith(",Running")) t.exploited(`the playlist of another listener has a new name: ${names}`);
  });
}
