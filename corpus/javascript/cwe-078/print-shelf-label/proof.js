const fs = require("fs");

function print(m, printer) {
  fs.mkdirSync("bin");
  fs.writeFileSync("bin/lp", "#!/bin/sh\necho \"$2\" > printer\ncat > label\n", { mode: 0o755 });
  process.env.PATH = `${process.cwd()}/bin:${process.env.PATH}`;
  return m.printLabel(printer, { row: "B", place: 7, content: "screws" });
}

functional("prints", async (m, t) => {
  await print(m, "store");
  t.check(fs.readFileSync("printer", "utf8") === "store\n", "the printer");
  t.check(fs.readFileSync("label", "utf8") === "B-7\nscrews\n", "the label");
});

exploit("a command in the printer's name", async (m, t) => {
  await t.attempt(() => print(m, "store; touch pwned; true"));
  if (fs.existsSync("pwned")) t.exploited("the command in the printer's name was run");
});
