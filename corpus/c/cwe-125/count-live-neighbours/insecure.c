int count_live_neighbours(const unsigned char *cells, int rows, int columns, int row, int column) {
    int live = 0;

    for (int r = row - 1; r <= row + 1; r++) {
        for (int c = column - 1; c <= column + 1; c++) {
            if (r > rows || c > columns) {
                continue;
            }
            if ((r != row || c != column) && cells[r * columns + c]) {
                live++;
            }
        }
    }
    return live;
}
