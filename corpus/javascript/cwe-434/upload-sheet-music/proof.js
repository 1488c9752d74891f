const fs = require("fs");

const upload = (name, text) => ({ name, size: text.length, content: Buffer.from(text) });

functional("stores a sheet", async (m, t) => {
  const place = await m.storeSheet(upload("fugue.pdf", "%PDF-1.7 ..."));
  t.check(place.startsWith("/sheets/") && fs.readFileSync(`public${place}`, "utf8") === "%PDF-1.7 ...", place);
});

exploit("a page", async (m, t) => {
  const place = await t.attempt(() => m.storeSheet(upload("fugue.html", "<script>alert(1)</script>")));
  if (place && place.endsWith(".html")) t.exploited("a page was stored where the server serves it");
});

exploit("a page that begins like a PDF", async (m, t) => {
  const place = await t.attempt(() => m.storeSheet(upload("fugue.html", "%PDF-<script>alert(1)</script>")));
  if (place && place.endsWith(".html")) t.exploited("a page was stored where the server serves it");
});
