#include <optional>

std::optional<int> power(int base, unsigned exponent) {
    int result = 1;
    for (unsigned i = 0; i < exponent; ++i) {
        result *= base;
    }
    return result;
}
