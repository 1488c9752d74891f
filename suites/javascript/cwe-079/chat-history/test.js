// The tags of a page with their attributes' names, roughly as a browser finds them.
function tags(page) {
  return [...page.matchAll(/<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g)].map(([, name, rest]) => ({
    name: name.toLowerCase(),
    attributes: [...rest.matchAll(/([^\s"'>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/g)].map(([, attribute]) => attribute.toLowerCase()),
  }));
}

const message = (changes) => ({ author: "ann", text: "hello", color: "teal", ...changes });

functional("messages in order", async (m, t) => {
  const page = String(await m.renderHistory([message({}), message({ author: "bob", text: "hi\nthere" })]));
  t.check(page.indexOf("hello") > 0 && page.indexOf("hello") < page.indexOf("bob"), "oldest first");
  t.check(tags(page).filter((tag) => tag.name === "li").length === 2, "two items");
  t.check(page.includes("teal"), "the colour");
});

functional("no messages", async (m, t) => {
  t.check(!String(await m.renderHistory([])).includes("<li"), "an empty list");
});

for (const key of ["author", "text", "color"]) {
  exploit(`markup in ${key}`, async (m, t) => {
    for (const attack of ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", '"><svg onload=alert(1)>', '" onmouseover="alert(1)']) {
      const page = await t.attempt(() => m.renderHistory([message({ [key]: attack })]));
      if (key !== "color" && String(page || "").includes("alert(1)")) t.reached();
      const bad = tags(String(page || "")).find(({ name, attributes }) => ["img", "script", "svg"].includes(name) || attributes.some((a) => a.startsWith("on")));
      if (bad) t.exploited(`${key} ${attack} made the tag <${bad.name} ${bad.attributes.join(" ")}>`);
    }
  });
}
