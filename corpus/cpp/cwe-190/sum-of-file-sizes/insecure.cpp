#include <numeric>
#include <vector>

long long total_size(const std::vector<int> &sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), 0);
}
