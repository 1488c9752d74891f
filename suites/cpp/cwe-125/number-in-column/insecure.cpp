    const auto numbers = numbers_of(row);
    return numbers[column];
}
