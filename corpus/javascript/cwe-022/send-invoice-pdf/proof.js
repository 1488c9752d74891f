const fs = require("fs");
const path = require("path");

const ask = async (m, t, file) => t.request(`${await t.serve(m.app)}/invoices?file=${encodeURIComponent(file)}`);

function prepare() {
  fs.mkdirSync("invoices");
  fs.writeFileSync("invoices/2031-07.pdf", "%PDF paper and ink");
  fs.writeFileSync("salaries.csv", "everybody's salary");
}

functional("sends an invoice", async (m, t) => {
  prepare();
  const { status, body } = await ask(m, t, "2031-07.pdf");
  t.check(status === 200 && body === "%PDF paper and ink", `${status} ${body}`);
  t.check((await ask(m, t, "2031-08.pdf")).status === 404, "no such invoice");
});

for (const [name, file] of [["dots", () => "../salaries.csv"], ["an absolute path", () => path.resolve("salaries.csv")]]) {
  exploit(name, async (m, t) => {
    prepare();
    const answer = await ask(m, t, file());
    if (answer?.body.includes("salary")) t.exploited("a file beside the folder was sent");
  });
}
