int integer_square_root(int n) {
    int low = 0;
    int high = n;
    while (low < high) {
        // low + high and middle * middle would overflow for large n
        int middle = high - (high - low) / 2;
        if (middle <= n / middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}
