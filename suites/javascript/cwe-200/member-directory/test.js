const ANN = {
  id: 7, name: "Ann", club: "Rowing", since: 2019, email: "ann@home.example", birthday: "1990-02-03", passwordHash: "$scrypt$c0ffee", resetToken: "r-5ecret",
};

functional("what the page shows", async (m, t) => {
  const shown = JSON.parse(await m.memberJson({ ...ANN }, 2024));
  for (const [key, want] of Object.entries({ id: 7, name: "Ann", club: "Rowing", since: 2019, years: 5 })) {
    t.check(shown[key] === want, `${key}, got ${shown[key]}`);
  }
});

exploit("what nobody is to see", async (m, t) => {
  const text = String(await t.attempt(() => m.memberJson({ ...ANN }, 2024)));
  if (text.includes("Rowing")) t.reached();
  for (const key of ["passwordHash", "resetToken", "email", "birthday"]) {
    if (text.includes(ANN[key])) t.exploited(`the answer holds the member's ${key}`);
  }
});
