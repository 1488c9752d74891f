// The catalogue is a Map or an object, as the program has it.
const text = (catalogue, language: string, key: string): unknown =>
  catalogue instanceof Map ? catalogue.get(language)?.get(key) : catalogue[language]?.[key];

functional("collects", async (m, t) => {
  const catalogue = m.collect([
    { language: "de", key: "yes", text: " ja " },
    { language: "fr", key: "yes", text: "oui" },
    { language: "de", key: "no", text: "nein" },
  ]);
  t.check(text(catalogue, "de", "yes") === "ja" && text(catalogue, "de", "no") === "nein", "German");
  t.check(text(catalogue, "fr", "yes") === "oui" && text(catalogue, "fr", "no") === undefined, "French");
});

exploit("a language that is named as the prototype", async (m, t) => {
  await t.attempt(() => m.collect([{ language: "__proto__", key: "isEditor", text: "true" }]));
  if (({} as Record<string, unknown>).isEditor) t.exploited("every object has what the volunteer sent");
});
