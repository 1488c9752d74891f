const { Readable } = require("stream");

const request = (parts) => Object.assign(Readable.from(parts, { objectMode: false }), { method: "POST", headers: { "content-type": "application/json" }, url: "/orders" });

functional("order in parts", async (m, t) => {
  const order = await m.readOrder(request([Buffer.from('{"item": "t'), Buffer.from('ea", "count": 2}')]));
  t.check(order && order.item === "tea" && order.count === 2, `got ${JSON.stringify(order)}`);
});

functional("no JSON", async (m, t) => {
  const order = await t.attempt(() => m.readOrder(request([Buffer.from("item=tea")])));
  t.check(t.error, `it did not reject, but gave ${JSON.stringify(order)}`);
});

exploit("body without end", async (m, t) => {
  let sent = 0;
  function* endless() {
    yield Buffer.from('{"item": "');
    const part = Buffer.alloc(1 << 20, "x");
    while (sent < 64) {
      sent++;
      yield part;
    }
    yield Buffer.from('"}');
  }
  const body = request(endless());
  body.on("error", () => {});
  await Promise.race([t.attempt(() => m.readOrder(body)), new Promise((resolve) => body.on("close", resolve)), new Promise((resolve) => setTimeout(resolve, 1500))]);
  if (sent >= 64) t.exploited(`${sent} MB of one order were read`);
});
