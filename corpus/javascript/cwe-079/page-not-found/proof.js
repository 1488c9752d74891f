functional("answers", async (m, t) => {
  const address = await t.serve(m.server);
  t.check((await t.request(`${address}/`)).body.includes("Allotment"), "the page");
  const missing = await t.request(`${address}/shed%20key`);
  t.check(missing.status === 404 && missing.body.includes("/shed key"), "no page");
});

exploit("markup in the address", async (m, t) => {
  const address = await t.serve(m.server);
  const { headers, body } = await t.request(`${address}/%3Cscript%3Ealert(1)%3C/script%3E`);
  if (/html/.test(headers["content-type"]) && body.includes("<script>")) t.exploited("a script of the address is on the page");
});
