functional("draws a badge", async (m, t) => {
  const address = await t.serve(m.server);
  const { body } = await t.request(`${address}/badge?label=tests&state=failed`);
  t.check(body.includes(">tests</text>") && body.includes("crimson"), body);
});

exploit("a tag in the label", async (m, t) => {
  const address = await t.serve(m.server);
  const { body } = await t.request(`${address}/badge?label=${encodeURIComponent("<script>alert(1)</script>")}`);
  if (body.includes("<script")) t.exploited("the picture has a script");
});
