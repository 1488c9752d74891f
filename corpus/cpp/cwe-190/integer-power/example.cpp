#include <optional>

std::optional<int> power(int base, unsigned exponent) {
    int result = 1;
    for (unsigned i = 0; i < exponent; ++i) {
        // true when the exact product does not fit in an int
        if (__builtin_mul_overflow(result, base, &result)) {
            return std::nullopt;
        }
    }
    return result;
}
