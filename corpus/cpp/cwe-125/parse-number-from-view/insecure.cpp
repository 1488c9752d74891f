#include <climits>
#include <cstdlib>
#include <optional>
#include <string_view>

std::optional<int> parse_int(std::string_view text) {
    char *rest = nullptr;
    const long value = std::strtol(text.data(), &rest, 10);
    if (text.empty() || rest != text.data() + text.size() || value < INT_MIN || value > INT_MAX) {
        return std::nullopt;
    }
    return static_cast<int>(value);
}
