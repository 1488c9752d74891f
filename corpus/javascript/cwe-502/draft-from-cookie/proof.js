const fs = require("fs");

async function open(m, t, draft) {
  const cookie = `draft=${Buffer.from(JSON.stringify(draft)).toString("base64")}`;
  return t.request(`${await t.serve(m.app)}/letters/new`, { headers: { Cookie: cookie } });
}

functional("restores a draft", async (m, t) => {
  const { view, values } = JSON.parse((await open(m, t, { to: "Ada", text: "Dear Ada," })).body);
  t.check(view === "letter" && values.to === "Ada" && values.text === "Dear Ada,", JSON.stringify(values));
});

exploit("a function in the cookie", async (m, t) => {
  await open(m, t, { to: "_$$ND_FUNC$$_function () { require('fs').writeFileSync('pwned', ''); }()", text: "" });
  if (fs.existsSync("pwned")) t.exploited("a function of the cookie was run");
});
