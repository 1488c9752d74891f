const fs = require("fs");
const path = require("path");

// The site's folder is that of the program.
async function ask(m, t, address) {
  fs.mkdirSync(path.join(__dirname, "public"), { recursive: true });
  fs.writeFileSync(path.join(__dirname, "public", "index.html"), "<h1>Pottery</h1>");
  fs.writeFileSync(path.join(__dirname, ".env"), "MAIL_PASSWORD=glaze");
  return t.request(`${await t.serve(m.app)}${address}`);
}

functional("serves the first page", async (m, t) => {
  const { status, body } = await ask(m, t, "/");
  t.check(status === 200 && body === "<h1>Pottery</h1>", `${status} ${body}`);
  t.check(JSON.parse((await ask(m, t, "/opening-hours")).body).sat === "10-14", "the hours");
  t.check((await ask(m, t, "/kiln")).status === 404, "no such page");
});

for (const [address, secret] of [["/.env", "glaze"], ["/program.js", "require("]]) {
  exploit(`the file ${address}`, async (m, t) => {
    const { status, body } = await ask(m, t, address);
    if (status === 200 && body.includes(secret)) t.exploited(`${address} was served`);
  });
}
