functional("checks a code", async (m, t) => {
  let text;
  m.sendCode("555", (_, message) => (text = message));
  t.check(!m.checkCode("555", "x"), "a wrong code");
  t.check(m.checkCode("555", text.slice(-6)), "the code");
  t.check(!m.checkCode("555", text.slice(-6)), "once only");
});

exploit("all codes are tried", async (m, t) => {
  const { sendCode, checkCode } = m;
  sendCode("555", () => {});
  for (let code = 0; code < 1_000_000; code++) {
    if (checkCode("555", String(code).padStart(6, "0"))) t.exploited(`the code was found at try ${code + 1}`);
  }
});
