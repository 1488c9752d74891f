const crypto = require("crypto");

const SECRET = "whsec of the shop";
const BODY = '{"order": 12, "paid": 30}';
const sign = (body, secret) => crypto.createHmac("sha256", secret).update(body).digest("hex");

functional("notice of the service", async (m, t) => {
  const notice = await m.readNotice(BODY, { "x-signature": sign(BODY, SECRET), "content-type": "application/json" }, SECRET);
  t.check(notice && notice.order === 12 && notice.paid === 30, `got ${JSON.stringify(notice)}`);
});

functional("another secret", async (m, t) => {
  await t.attempt(() => m.readNotice(BODY, { "x-signature": sign(BODY, "other") }, SECRET));
  t.check(t.error, "a notice with another secret was taken");
});

for (const [name, headers] of [
  ["no signature", {}],
  ["empty signature", { "x-signature": "" }],
  ["signature that is no hex", { "x-signature": "zz" }],
  ["beginning of a signature", { "x-signature": sign(BODY, SECRET).slice(0, 2) }],
  ["signature of the empty body", { "x-signature": sign("", "") }],
]) {
  exploit(name, async (m, t) => {
    const forged = '{"order": 13, "paid": 9999}';
    const notice = await t.attempt(() => m.readNotice(forged, headers, SECRET));
    if (notice && notice.order === 13) t.exploited(`a forged notice was taken: ${name}`);
  });
}
