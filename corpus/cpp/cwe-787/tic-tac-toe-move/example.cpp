#include <array>
#include <iostream>
#include <stdexcept>

int main() {
    std::array<std::array<char, 3>, 3> board{};
    int row, column;

    std::cout << "Row and column (1-3): ";
    if (!(std::cin >> row >> column)) {
        std::cerr << "Expected two numbers\n";
        return 1;
    }

    try {
        // at() refuses 0, 4 and negative numbers, operator[] would not
        board.at(row - 1).at(column - 1) = 'X';
    } catch (const std::out_of_range &) {
        std::cerr << "There is no such square\n";
        return 1;
    }

    for (const auto &line : board) {
        for (char mark : line) {
            std::cout << (mark == '\0' ? '.' : mark);
        }
        std::cout << '\n';
    }
}
