    for (std::size_t i = 0; i < cards.size() - 1; i++)
        if (cards[i] == cards[i + 1])
            return true;
    return false;
}
