functional("sends visitors on", async (m, t) => {
  const address = await t.serve(m.server);
  const { status, headers } = await t.request(`${address}/visit?partner=2`);
  t.check(status === 302 && headers.location === "https://potters.example/", `${status} ${headers.location}`);
  t.check(m.partners.get("2").clicks === 1, "one click");
  t.check((await t.request(`${address}/visit?partner=9`)).status === 404, "no partner");
});

exploit("another address", async (m, t) => {
  const address = await t.serve(m.server);
  const { headers } = await t.request(`${address}/visit?partner=2&to=https://evil.example/`);
  if (/evil/.test(headers.location)) t.exploited(`the visitor was sent to ${headers.location}`);
});
