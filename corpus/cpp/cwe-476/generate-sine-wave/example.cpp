#include <cmath>
#include <iostream>
#include <new>

int main() {
    long count = 0;
    std::cout << "Number of samples: ";
    if (!(std::cin >> count) || count < 1) {
        return 1;
    }

    float *samples = new (std::nothrow) float[count];
    // nothrow reports failure by a null pointer, not by an exception
    if (samples == nullptr) {
        return 1;
    }

    for (long i = 0; i < count; ++i) {
        samples[i] = std::sin(0.1f * static_cast<float>(i));
    }
    std::cout << "Last sample: " << samples[count - 1] << '\n';
    delete[] samples;
}
