functional("notes versions", async (m, t) => {
  t.check(m.noteVersion("lamp", "1.12.3").join() === "1,12,3", "a release");
  t.check(m.noteVersion("lamp", "2.0-rc1").join() === "2,0", "a candidate");
  await t.attempt(() => m.noteVersion("lamp", "new"));
  t.check(t.error, "no version");
});

exploit("many digits", async (m, t) => {
  await t.attempt(() => m.noteVersion("lamp", `${"1".repeat(40)}x`));
});
