functional("makes a plan", async (m, t) => {
  const plan = m.seatingPlan({ rows: "3", seats: "4" });
  t.check(plan.length === 3 && plan[2].row === 3 && plan[2].seats.join() === "free,free,free,free", JSON.stringify(plan));
});

exploit("a hall of millions", async (m, t) => {
  const plan = await t.attempt(() => m.seatingPlan({ rows: "2000", seats: "2000" }));
  if (plan && plan.length === 2000) t.exploited("one request took the memory of 4 million seats");
});
