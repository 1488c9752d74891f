const fetched = [];
global.fetch = async (address) => {
  fetched.push(new URL(address));
  return { ok: true, text: async () => "secret of the inner network" };
};

functional("sends a message", async (m, t) => {
  const result = await m.sendTestMessage({ name: "build", address: "https://hooks.chat.example/t/1" });
  t.check(result.delivered && fetched[0].pathname === "/t/1", JSON.stringify(result));
});

for (const address of ["http://169.254.169.254/latest/meta-data/", "https://hooks.chat.example@10.0.0.5/", "https://hooks.chat.example.evil.example/"]) {
  exploit(`the address ${address}`, async (m, t) => {
    await t.attempt(() => m.sendTestMessage({ name: "x", address }));
    if (fetched.length > 0) t.exploited(`${fetched[0].host} was asked`);
  });
}
