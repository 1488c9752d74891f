#include <numeric>
#include <vector>

long long total_size(const std::vector<int> &sizes) {
    // the type of the start value is the type of the sum: 0 would be an int
    return std::accumulate(sizes.begin(), sizes.end(), 0LL);
}
