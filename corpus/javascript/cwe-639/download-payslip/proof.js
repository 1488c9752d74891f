// A table that is searched by the columns that the statement compares with parameters.
const rows = [
  { id: 1, employee: 7, month: "2026-01", net: 2400, tax: 600 },
  { id: 2, employee: 8, month: "2026-01", net: 9100, tax: 3900 },
];
const db = {
  prepare(text) {
    const columns = [...text.matchAll(/(\w+) = \?/g)].map(([, column]) => column);
    return { get: (...values) => rows.find((row) => columns.every((column, i) => String(row[column]) === String(values[i]))) };
  },
};

function download(m, id, employee) {
  let body = "";
  const res = { set: () => res, type: () => res, status: () => res, send: (text) => ((body = text), res) };
  m.payslip(db, { params: { id }, session: { employee } }, res);
  return body;
}

functional("sends one's own", async (m, t) => {
  t.check(download(m, "1", 7).includes("2400"), "the payslip");
  t.check(download(m, "9", 7) === "no such payslip", "none");
});

exploit("another's number", async (m, t) => {
  const text = await t.attempt(() => download(m, "2", 7));
  if (text && text.includes("9100")) t.exploited("the payslip of another was sent");
});
