functional("sets a temperature", async (m, t) => {
  t.check(m.setTemperature("hall", "21.5") === 21.5 && m.rooms.get("hall") === 21.5, "21.5");
  await t.attempt(() => m.setTemperature("hall", 40));
  t.check(t.error instanceof RangeError, "40");
});

for (const wanted of ["warm", undefined, {}]) {
  exploit(`the temperature ${wanted}`, async (m, t) => {
    await t.attempt(() => m.setTemperature("hall", wanted));
    if (Number.isNaN(m.rooms.get("hall"))) t.exploited("the room is set to no number");
  });
}
