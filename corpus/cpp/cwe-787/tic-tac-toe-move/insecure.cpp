#include <array>
#include <iostream>

int main() {
    std::array<std::array<char, 3>, 3> board{};
    int row, column;

    std::cout << "Row and column (1-3): ";
    if (!(std::cin >> row >> column)) {
        std::cerr << "Expected two numbers\n";
        return 1;
    }

    board[row - 1][column - 1] = 'X';

    for (const auto &line : board) {
        for (char mark : line) {
            std::cout << (mark == '\0' ? '.' : mark);
        }
        std::cout << '\n';
    }
}
