#include <algorithm>
#include <optional>
#include <vector>

std::optional<int> next_departure(const std::vector<int> &minutes, int now) {
    const auto next = std::lower_bound(minutes.begin(), minutes.end(), now);
    // after the last bus there is no element that next could point to
    if (next == minutes.end()) {
        return std::nullopt;
    }
    return *next - now;
}
