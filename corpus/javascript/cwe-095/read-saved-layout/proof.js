const fs = require("fs");

functional("reads a layout", async (m, t) => {
  fs.writeFileSync("layout", '{"windows": [{"id": 3, "x": "10"}]}');
  const [window] = m.readLayout("layout");
  t.check(window.id === "3" && window.frame.join() === "10,0,800,600", JSON.stringify(window));
});

exploit("code for a layout", async (m, t) => {
  fs.writeFileSync("layout", 'process.mainModule, require("fs").writeFileSync("pwned", ""), {windows: []}');
  await t.attempt(() => m.readLayout("layout"));
  if (fs.existsSync("pwned")) t.exploited("the code in the file was run");
});
