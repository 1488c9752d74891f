#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

std::optional<std::uint32_t> read_u32(const std::vector<std::uint8_t> &data, std::size_t offset) {
    if (offset + 4 > data.size()) {
        return std::nullopt;
    }

    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value |= static_cast<std::uint32_t>(data[offset + i]) << (8 * i);
    }
    return value;
}
