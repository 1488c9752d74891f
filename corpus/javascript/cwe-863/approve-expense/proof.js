async function approve(m, t, session, form) {
  m.sessions.set("m1", { name: "ada", role: "manager" }).set("c1", { name: "bo", role: "clerk" });
  m.expenses.set("17", { amount: 80 });
  return t.request(await t.serve(m.server), { method: "POST", headers: { Cookie: `sid=${session}` }, body: form });
}

functional("a manager approves", async (m, t) => {
  t.check((await approve(m, t, "m1", "number=17&role=manager")).status === 204, "204");
  t.check(m.expenses.get("17").approvedBy === "ada", "approved");
});

exploit("a clerk says to be a manager", async (m, t) => {
  await approve(m, t, "c1", "number=17&role=manager");
  if (m.expenses.get("17").approvedBy) t.exploited("a clerk approved the expense");
});
