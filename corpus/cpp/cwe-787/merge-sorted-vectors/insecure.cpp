#include <algorithm>
#include <vector>

std::vector<int> merge_sorted(const std::vector<int> &left, const std::vector<int> &right) {
    std::vector<int> merged(left.size());
    std::merge(left.begin(), left.end(), right.begin(), right.end(), merged.begin());
    return merged;
}
