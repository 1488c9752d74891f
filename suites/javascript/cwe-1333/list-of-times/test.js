functional("lists", async (m, t) => {
  for (const text of ["mon 9, tue 10, wed", "mon", "mon,tue", "a b c 1 2 3"]) t.check((await m.isTimeList(text)) === true, `"${text}" is one`);
});

functional("no lists", async (m, t) => {
  for (const text of ["mon;tue", "mon!", "<b>"]) t.check((await m.isTimeList(text)) === false, `"${text}" is none`);
});

exploit("long word that does not match", async (m, t) => {
  if ((await t.attempt(() => m.isTimeList("mon 9"))) === true) t.reached();
  await t.attempt(() => m.isTimeList("a".repeat(60) + "!"));
});
