#include <stddef.h>

int count_price_rises(const double *prices, size_t n) {
    int rises = 0;

    // the body reads prices[i + 1], so that index is the one to bound
    for (size_t i = 0; i + 1 < n; i++) {
        if (prices[i + 1] > prices[i]) {
            rises++;
        }
    }
    return rises;
}
