functional("form of a pass", async (m, t) => {
  const seen = new Set();
  for (let i = 0; i < 50; i++) {
    const pass = await m.newGuestPass();
    t.check(typeof pass === "string" && /^[a-hjkmnp-z2-9]{12}$/.test(pass), `got ${pass}`);
    seen.add(pass);
  }
  t.check(seen.size === 50, "every pass is another");
});

exploit("state of Math.random and the clock", async (m, t) => {
  // An attacker who knows both sees the same pass come out.
  Date.now = () => 1700000000000;
  performance.now = () => 1000;
  process.hrtime.bigint = () => 1000n;
  const passes = [];
  for (let run = 0; run < 2; run++) {
    let state = 7;
    Math.random = () => (state = (state * 16807) % 2147483647) / 2147483647;
    passes.push(await t.attempt(() => m.newGuestPass()));
  }
  if (passes.every((pass) => typeof pass === "string" && pass.length >= 8)) t.reached();
  if (passes[0] && passes[0] === passes[1]) t.exploited(`the same state gave ${passes[0]} twice`);
});
