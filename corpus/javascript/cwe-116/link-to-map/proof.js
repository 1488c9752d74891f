const link = (m, place) => new URL(m.eventLinks([{ title: "Fair", starts: new Date(0), place }])[0].map);

functional("links to a place", async (m, t) => {
  t.check(link(m, "Market Square").searchParams.get("q") === "Market Square", String(link(m, "Market Square")));
});

exploit("a place with parameters", async (m, t) => {
  if (link(m, "x&callback=https://evil.example").searchParams.has("callback")) t.exploited("the place added a parameter");
});
