const go = async (m, t, back, set = "fr") => {
  const url = await t.serve((req, res) => m.switchLanguage(req, res));
  return t.request(`${url}/language?set=${set}&back=${encodeURIComponent(back)}`);
};

functional("back to the page", async (m, t) => {
  const answer = await go(m, t, "/help/prices");
  t.check(answer && answer.status === 303, `the status, got ${answer && answer.status}`);
  t.check(new URL(answer.headers.location, "http://our.example/").href === "http://our.example/help/prices", `Location, got ${answer.headers.location}`);
  t.check(/language=fr/.test(String(answer.headers["set-cookie"])), "the cookie");
});

for (const [name, back] of [
  ["another site", "https://evil.example/login"],
  ["site without a scheme", "//evil.example/login"],
  ["backslashes", "/\\evil.example/login"],
  ["tab between the slashes", "/\t/evil.example"],
  ["script", "javascript:alert(1)"],
]) {
  exploit(name, async (m, t) => {
    const ours = await go(m, t, "/help/prices");
    if (ours && /\/help\/prices$/.test(ours.headers.location)) t.reached();
    const answer = await go(m, t, back);
    if (!answer || answer.status < 300 || answer.status > 399 || !answer.headers.location) return;
    // A browser's own rules for addresses are those of URL.
    let target;
    try {
      target = new URL(answer.headers.location, "http://our.example/language");
    } catch {
      return;
    }
    if (target.origin !== "http://our.example") t.exploited(`back=${back} leads to ${target.href}`);
  });
}
