#include <array>
#include <vector>

std::vector<int> age_groups(const std::vector<int> &ages) {
    std::array<int, 10> groups{};
    for (const int age : ages) {
        ++groups[age / 10];
    }
    return {groups.begin(), groups.end()};
}
