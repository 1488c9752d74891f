#include <stddef.h>

int count_price_rises(const double *prices, size_t n) {
    int rises = 0;

    for (size_t i = 0; i < n; i++) {
        if (prices[i + 1] > prices[i]) {
            rises++;
        }
    }
    return rises;
}
