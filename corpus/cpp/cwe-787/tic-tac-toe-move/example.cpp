#include <array>
#include <iostream>

void play(std::array<std::array<char, 3>, 3> &board, int row, int column, char mark) {
    // at() throws for 0, 4 and negative numbers, operator[] would write outside
    board.at(row - 1).at(column - 1) = mark;
    for (const auto &line : board) {
        for (char square : line) {
            std::cout << (square == '\0' ? '.' : square);
        }
        std::cout << '\n';
    }
}
