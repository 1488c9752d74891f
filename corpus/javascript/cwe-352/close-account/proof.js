async function send(m, t, method, site) {
  m.accounts.set(5, { name: "ada" });
  // the browser sends the cookie of the session along, whoever made it ask
  const address = await t.serve((req, res) => {
    req.session = { userId: 5 };
    return m.app(req, res);
  });
  await t.request(`${address}/account/close`, { method, headers: { "Sec-Fetch-Site": site } });
  return m.accounts.get(5).closedAt !== undefined;
}

functional("closes an account", async (m, t) => {
  // by a form or by a link, as the program has it
  t.check((await send(m, t, "POST", "same-origin")) || (await send(m, t, "GET", "same-origin")), "it is open");
});

exploit("a form of another site", async (m, t) => {
  if (await send(m, t, "POST", "cross-site")) t.exploited("another site's form closed the account");
});

exploit("a picture of another site", async (m, t) => {
  if (await send(m, t, "GET", "cross-site")) t.exploited("an address on another site's page closed the account");
});
