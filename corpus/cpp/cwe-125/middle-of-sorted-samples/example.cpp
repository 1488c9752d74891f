#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::vector<double> samples;
    for (double sample; std::cin >> sample;) {
        samples.push_back(sample);
    }

    // with no samples there is no middle element to read
    if (samples.empty()) {
        return 1;
    }

    std::sort(samples.begin(), samples.end());
    std::cout << "Middle sample: " << samples[samples.size() / 2] << '\n';
}
