#include <iostream>

int main() {
    int limit = 0;
    std::cout << "Count primes up to: ";
    if (!(std::cin >> limit) || limit < 2) {
        return 1;
    }

    bool *composite = new bool[limit + 1]();
    for (int n = 2; n <= limit / n; ++n) {
        for (int multiple = n * n; !composite[n] && multiple <= limit; multiple += n) {
            composite[multiple] = true;
        }
    }
    delete[] composite;

    int primes = 0;
    for (int n = 2; n <= limit; ++n) {
        primes += composite[n] ? 0 : 1;
    }
    std::cout << primes << " primes\n";
}
