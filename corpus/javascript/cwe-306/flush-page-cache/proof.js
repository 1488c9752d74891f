async function flush(m, t, headers) {
  process.env.DEPLOY_TOKEN = "t0p";
  m.cache.set("/", "page").set("/a", "page");
  return t.request(`${await t.serve(m.server)}/cache/flush`, { method: "POST", headers });
}

functional("empties the cache", async (m, t) => {
  const { status, body } = await flush(m, t, { Authorization: "Bearer t0p" });
  t.check(status === 200 && body === "2 pages dropped" && m.cache.size === 0, `${status} ${body}`);
});

for (const headers of [{}, { Authorization: "Bearer x" }, { Authorization: "" }]) {
  exploit(`the headers ${JSON.stringify(headers)}`, async (m, t) => {
    await flush(m, t, headers);
    if (m.cache.size === 0) t.exploited("somebody without the token emptied the cache");
  });
}
