functional("prints in order", async (m, t) => {
  const printed = [];
  for (const document of ["a", "b", "c"]) t.check(m.enqueue(document, async (d) => printed.push(d)), "taken");
  await new Promise((soon) => setImmediate(soon));
  t.check(printed.join("") === "abc" && m.queue.length === 0, printed.join(""));
});

exploit("a printer that is stuck", async (m, t) => {
  const { enqueue, queue } = m;
  for (let i = 0; i < 10_000; i++) enqueue("x".repeat(10), () => new Promise(() => {}));
  if (queue.length === 10_000) t.exploited("10,000 documents wait in memory");
});
