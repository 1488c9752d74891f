#include <algorithm>
#include <array>
#include <vector>

std::vector<int> age_groups(const std::vector<int> &ages) {
    std::array<int, 10> groups{};
    for (const int age : ages) {
        // typed ages may be negative or 999: the first and the last group take them
        ++groups[std::clamp(age / 10, 0, 9)];
    }
    return {groups.begin(), groups.end()};
}
