#include <algorithm>
#include <optional>
#include <vector>

std::optional<int> next_departure(const std::vector<int> &minutes, int now) {
    const auto next = std::lower_bound(minutes.begin(), minutes.end(), now);
    if (minutes.empty()) {
        return std::nullopt;
    }
    return *next - now;
}
