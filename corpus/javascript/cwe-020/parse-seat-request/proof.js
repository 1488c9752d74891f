functional("books seats", async (m, t) => {
  t.check(m.bookSeats('{"name": "ada", "seats": 3}').left === 117, "117 left");
  t.check(!m.bookSeats('{"name": "bo", "seats": 9}').ok, "nine are too many");
});

exploit("fewer than no seats", async (m, t) => {
  await t.attempt(() => m.bookSeats('{"name": "x", "seats": -50}'));
  if (m.booked.some(({ seats }) => seats < 0)) t.exploited("50 seats more than there are can be sold");
});

exploit("a list of seats", async (m, t) => {
  await t.attempt(() => m.bookSeats('{"name": "x", "seats": ["1"]}'));
  if (m.booked.some(({ seats }) => typeof seats !== "number")) t.exploited("what was booked is no number");
});
