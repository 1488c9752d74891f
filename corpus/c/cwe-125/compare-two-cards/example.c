int higher_card(const int *hand, int cards, int first, int second) {
    // the player names the cards: each position must lie in the hand
    if (first < 0 || first >= cards || second < 0 || second >= cards) {
        return -1;
    }
    return hand[first] >= hand[second] ? first : second;
}
