async function cookie(m, t) {
  const url = await t.serve((req, res) => {
    m.beginSession(res, "ann");
    if (!res.writableEnded) res.end("welcome");
  });
  const answer = await t.request(url);
  const header = answer && [].concat(answer.headers["set-cookie"] || []).find((line) => line.startsWith("sid="));
  if (!header) return undefined;
  const [pair, ...attributes] = header.split(";").map((part) => part.trim());
  return { value: pair.slice(4), attributes: attributes.map((a) => a.toLowerCase()) };
}

functional("cookie of a session", async (m, t) => {
  const sid = await cookie(m, t);
  t.check(sid, "there is a cookie sid");
  t.check(m.sessions.get(decodeURIComponent(sid.value)) === "ann", "it is the session of ann");
  t.check(sid.attributes.includes("path=/"), "it is for the whole site");
});

exploit("script reads the session", async (m, t) => {
  const sid = await cookie(m, t);
  if (sid) t.reached();
  if (sid && !sid.attributes.includes("httponly")) t.exploited("the cookie sid has no HttpOnly: document.cookie shows it to a script");
});
