#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

std::optional<int> parse_int(std::string_view text) {
    int value = 0;
    const char *end = text.data() + text.size();

    // a view has no '\0' at its end: both ends are passed
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || rest != end) {
        return std::nullopt;
    }
    return value;
}
