// The service has the forecasts, and what only its own people are to see.
const pages = {
  "/cities/c-oslo/days": [{ date: "3 May", low: 4, high: 12 }],
  "/accounts": [{ date: "root", low: "swordfish" }],
};
global.fetch = async (address) => ({ json: async () => pages[decodeURIComponent(new URL(address).pathname)] });

const ask = async (m, t, city) => t.request(`${await t.serve(m.app)}/forecast?city=${encodeURIComponent(city)}`);

functional("gives the forecast", async (m, t) => {
  t.check((await ask(m, t, "oslo")).body === JSON.stringify(pages["/cities/c-oslo/days"]), "Oslo");
  t.check((await ask(m, t, "atlantis")).status === 502, "no such city");
});

for (const city of ["x/../../accounts?", "x/../../accounts#"]) {
  exploit(`the city ${city}`, async (m, t) => {
    if ((await ask(m, t, city)).body.includes("swordfish")) t.exploited("another page of the service was shown");
  });
}
