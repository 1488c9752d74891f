// The map server has tiles, and what only its own people are to see.
const pages = { "/outdoor/3/4/5.png": "a tile", "/keys": "swordfish" };
Object.assign(globalThis, {
  fetch: async (address: string) => {
    const page = pages[new URL(address).pathname];
    return { ok: page !== undefined, arrayBuffer: async () => Buffer.from(page) };
  },
});

const ask = async (m, t, query: Record<string, string>) => t.request(`${await t.serve(m.tile)}/?${new URLSearchParams(query)}`);

functional("passes a tile on", async (m, t) => {
  const { status, body } = await ask(m, t, { zoom: "3", x: "4", y: "5" });
  t.check(status === 200 && body === "a tile", `${status} ${body}`);
  t.check((await ask(m, t, { zoom: "9", x: "9", y: "9" })).status === 404, "no such tile");
});

for (const zoom of ["../keys?", "../keys#"]) {
  exploit(`the zoom ${zoom}`, async (m, t) => {
    const answer = await ask(m, t, { zoom, x: "4", y: "5" });
    if (answer?.body.includes("swordfish")) t.exploited("another page of the server was passed on");
  });
}
