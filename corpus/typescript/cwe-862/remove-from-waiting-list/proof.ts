import express from "express";

async function remove(m, t, role?: string): Promise<{ status: number; left: number }> {
  m.waiting.set("17", { patient: "Ada", since: new Date(0) }).set("18", { patient: "Bob", since: new Date(0) });
  const app = express();
  const signIn = (_, res, next): void => {
    res.locals.user = role && { role };
    return next();
  };
  app.delete("/waiting/:id", signIn, m.removeEntry);
  const answer = await t.request(`${await t.serve(app)}/waiting/17`, { method: "DELETE" });
  return { status: answer?.status, left: m.waiting.size };
}

functional("lets the practice remove", async (m, t) => {
  const { status, left } = await remove(m, t, "practice");
  t.check(status === 200 && left === 1, `${status}, ${left} left`);
});

for (const role of ["patient", undefined]) {
  exploit(`the role ${role}`, async (m, t) => {
    if ((await remove(m, t, role)).left < 2) t.exploited("a patient was taken off the list by another");
  });
}
