int higher_card(const int *hand, int cards, int first, int second) {
    if (first > cards || second > cards) {
        return -1;
    }
    return hand[first] >= hand[second] ? first : second;
}
