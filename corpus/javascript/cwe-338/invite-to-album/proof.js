functional("shares an album", async (m, t) => {
  const link = m.shareAlbum("holiday", "ada");
  t.check(m.openAlbum(link.split("/").pop()) === "holiday", link);
  t.check(m.openAlbum("x") === undefined, "an unknown link");
  t.check(m.shareAlbum("holiday", "ada") !== link, "two links differ");
});

exploit("Math.random is foreseen", async (m, t) => {
  Math.random = () => 0.123456; // an attacker knows its numbers, and about when the album was shared
  Date.now = () => 1767225600000;
  if (m.shareAlbum("a", "x") === m.shareAlbum("b", "y")) t.exploited("who foresees Math.random knows the link");
});
