functional("tidies", async (m, t) => {
  t.check(m.tidy("a  \n\t\n\n b\t\n") === "a\n\n b", JSON.stringify(m.tidy("a  \n\t\n\n b\t\n")));
});

exploit("many blanks", async (m) => {
  m.tidy(`a${" ".repeat(300_000)}b`);
});
