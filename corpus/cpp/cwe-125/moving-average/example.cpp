#include <cstddef>
#include <vector>

std::vector<double> moving_average(const std::vector<double> &values, std::size_t window) {
    std::vector<double> averages;
    // the last window begins where it still fits, not at the last value
    for (std::size_t start = 0; start + window <= values.size(); ++start) {
        double sum = 0.0;
        for (std::size_t i = start; i < start + window; ++i) {
            sum += values[i];
        }
        averages.push_back(sum / static_cast<double>(window));
    }
    return averages;
}
