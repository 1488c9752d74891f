    const auto numbers = numbers_of(row);
    if (column >= numbers.size())
        return 0;
    return numbers[column];
}
