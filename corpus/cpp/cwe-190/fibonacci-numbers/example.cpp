#include <cstdint>
#include <iostream>
#include <limits>

int main() {
    int count = 0;
    std::cout << "How many Fibonacci numbers? ";
    std::cin >> count;

    std::int64_t current = 0, next = 1;
    for (int i = 0; i < count; ++i) {
        std::cout << current << '\n';
        // stop before the sum leaves the range of the type
        if (next > std::numeric_limits<std::int64_t>::max() - current) {
            break;
        }
        const std::int64_t sum = current + next;
        current = next;
        next = sum;
    }
}
