const customer = { name: "Ada", city: "York", due: new Date("2026-03-01T12:00:00Z") };

functional("fills the fields", async (m, t) => {
  const text = m.fillTemplate("Dear ${name} of ${city}, pay by ${due}.", customer);
  t.check(text === "Dear Ada of York, pay by 2026-03-01.", text);
});

exploit("code in a template", async (m, t) => {
  const text = await t.attempt(() => m.fillTemplate("${process.pid}", customer));
  if (text === String(process.pid)) t.exploited("the template read a property of the process");
});
