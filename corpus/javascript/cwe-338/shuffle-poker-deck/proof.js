const names = (deck) => deck.map(({ suit, rank }) => `${suit}${rank}`);

functional("shuffles a deck", async (m, t) => {
  t.check(new Set(names(m.shuffledDeck())).size === 52, "52 cards");
  t.check(names(m.shuffledDeck()).join() !== names(m.shuffledDeck()).join(), "two decks differ");
});

exploit("Math.random is foreseen", async (m, t) => {
  Math.random = () => 0.5; // an attacker knows its numbers: here they are all the same
  if (names(m.shuffledDeck()).join() === names(m.shuffledDeck()).join()) t.exploited("who foresees Math.random knows all cards");
});
