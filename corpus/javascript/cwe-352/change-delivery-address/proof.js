function change(m, csrf) {
  m.customers.set("s1", { csrfToken: "ab".repeat(32), address: "1 Old Road" });
  const answer = { status: 200 };
  const res = {
    status: (status) => Object.assign(res, { code: status }) && ((answer.status = status), res),
    send: () => res,
    redirect: (status) => (answer.status = status),
  };
  m.changeAddress({ cookies: { session: "s1" }, body: { address: " 2 New Road ", csrf } }, res);
  return answer.status;
}

functional("changes the address", async (m, t) => {
  t.check(change(m, "ab".repeat(32)) === 303, "redirected");
  t.check(m.customers.get("s1").address === "2 New Road", "the address");
});

for (const csrf of [undefined, "", "cd".repeat(32), ["ab"]]) {
  exploit(`the token ${csrf}`, async (m, t) => {
    await t.attempt(() => change(m, csrf));
    if (m.customers.get("s1").address !== "1 Old Road") t.exploited("a form of another site changed the address");
  });
}
