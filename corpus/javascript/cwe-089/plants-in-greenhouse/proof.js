// A client of PostgreSQL that keeps what it is asked.
const asked = [];
const client = {
  async query(text, values = []) {
    asked.push(text);
    const all = values.concat([...text.matchAll(/'([^']*)'/g)].map(([, value]) => value));
    return { rows: all.includes("palms") ? [{ name: "Sago", bed: 1 }, { name: "Areca", bed: 1 }] : [] };
  },
};

functional("groups plants by bed", async (m, t) => {
  const beds = await m.bloomingPlants(client, "palms", 5);
  t.check(beds.get(1).join() === "Sago,Areca", JSON.stringify([...beds]));
});

exploit("SQL for a house", async (m, t) => {
  await t.attempt(() => m.bloomingPlants(client, "' OR true --", 5));
  if (asked.some((text) => text.includes("OR true"))) t.exploited(`the statement is ${asked[0]}`);
});
