global.document = { createElement: (tag) => ({ tag, href: "" }) };

functional("links to the website", async (m, t) => {
  const link = m.bandLink({ name: "The Larks", website: "https://larks.example/tour" });
  t.check(link.href === "https://larks.example/tour" && link.textContent === "The Larks", JSON.stringify(link));
  t.check(m.bandLink({ name: "The Rooks" }).href === "", "no website");
});

exploit("a script for an address", async (m, t) => {
  const { href } = m.bandLink({ name: "x", website: " jaVascript:alert(document.cookie)" });
  if (URL.canParse(href) && new URL(href).protocol === "javascript:") t.exploited("a click on the link runs a script");
});
