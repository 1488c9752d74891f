const SUITS = ["clubs", "diamonds", "hearts", "spades"];

function shuffledDeck() {
  const deck = SUITS.flatMap((suit) => Array.from({ length: 13 }, (_, rank) => ({ suit, rank })));
  for (let i = deck.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [deck[i], deck[j]] = [deck[j], deck[i]];
  }
  return deck;
}

module.exports = { shuffledDeck };
