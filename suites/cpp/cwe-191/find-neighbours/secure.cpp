    for (std::size_t i = 0; i + 1 < cards.size(); i++)
        if (cards[i] == cards[i + 1])
            return true;
    return false;
}
