int integer_square_root(int n) {
    int low = 0;
    int high = n;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (middle * middle <= n) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}
