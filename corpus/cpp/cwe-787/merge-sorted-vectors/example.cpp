#include <algorithm>
#include <vector>

std::vector<int> merge_sorted(const std::vector<int> &left, const std::vector<int> &right) {
    // std::merge does not grow its output: the room must be there already
    std::vector<int> merged(left.size() + right.size());
    std::merge(left.begin(), left.end(), right.begin(), right.end(), merged.begin());
    return merged;
}
