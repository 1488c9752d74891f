const headers = async (m, origin) => {
  const given = (await m.corsHeaders(origin)) || {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]));
};

functional("pages of the partner", async (m, t) => {
  for (const origin of ["https://harbour.example", "https://app.harbour.example"]) {
    const got = await headers(m, origin);
    t.check(got["access-control-allow-origin"] === origin, `${origin} is allowed, got ${JSON.stringify(got)}`);
    t.check(got["access-control-allow-credentials"] === "true", "with cookies");
  }
});

functional("somebody else", async (m, t) => {
  t.check(!(await headers(m, "https://shop.example"))["access-control-allow-origin"], "shop.example is not allowed");
});

for (const origin of ["https://evilharbour.example", "https://harbour.example.evil.example", "https://evil.example", "http://harbour.example", "null"]) {
  exploit(`origin ${origin}`, async (m, t) => {
    const ours = (await t.attempt(() => headers(m, "https://app.harbour.example"))) || {};
    if (ours["access-control-allow-origin"] === "https://app.harbour.example") t.reached();
    const got = (await t.attempt(() => headers(m, origin))) || {};
    const allowed = got["access-control-allow-origin"];
    if (allowed === origin && got["access-control-allow-credentials"] === "true") t.exploited(`${origin} may read answers with the visitor's cookies`);
  });
}
