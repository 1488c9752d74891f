import { Readable } from "node:stream";

functional("imports contacts", async (m, t) => {
  const contacts = await m.importContacts(Readable.from(["Ada; ada@example.org\n", "nobody\n", "Bob;bob@example.org\n"]));
  t.check(contacts.size === 2 && contacts.get("Ada") === "ada@example.org", [...contacts].join());
});

exploit("a file without an end", async (m, t) => {
  let lines = 0;
  function* endless(): Generator<string> {
    // it has to end for the twin's sake
    while (lines < 50_000) yield `n${lines++};a@example.org\n`;
  }
  const contacts = await t.attempt(() => m.importContacts(Readable.from(endless())));
  if (contacts?.size === 50_000) t.exploited("as many contacts as were sent are in memory");
});
