functional("one string", async (m, t) => {
  await m.setPassword("L-17", "Correct7Horse");
  const kept = m.readers.get("L-17");
  t.check(typeof kept === "string" && kept.length >= 16, `what is kept, got ${kept}`);
  t.check(kept !== m.hashPassword("another password"), "passwords are told apart");
});

exploit("password in what is kept", async (m, t) => {
  const kept = String(await t.attempt(() => m.hashPassword("Correct7Horse")));
  for (const form of ["utf8", "base64", "hex"]) {
    if (kept.includes(Buffer.from("Correct7Horse").toString(form).replace(/=+$/, ""))) t.exploited(`the password itself is kept, as ${form}`);
  }
});

exploit("equal passwords", async (m, t) => {
  const one = await t.attempt(() => m.hashPassword("Correct7Horse"));
  const two = await t.attempt(() => m.hashPassword("Correct7Horse"));
  if (typeof one === "string" && one.length >= 16) t.reached();
  if (one && one === two) t.exploited(`two readers with one password have the same hash ${one}`);
});

exploit("quick to guess", async (m, t) => {
  // The least of many times says what a guess costs, whatever else the machine does.
  let least = Infinity;
  for (let i = 0; i < 10; i++) {
    const before = process.cpuUsage();
    const started = process.hrtime.bigint();
    const kept = await t.attempt(() => m.hashPassword(`guess number ${i}`));
    const used = process.cpuUsage(before);
    if (kept === undefined) return;
    least = Math.min(least, Math.max(used.user + used.system, Number(process.hrtime.bigint() - started) / 1000));
  }
  if (least < 300) t.exploited(`a guess takes ${Math.round(least)} microseconds`);
});
