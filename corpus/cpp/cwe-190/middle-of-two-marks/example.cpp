#include <cstdint>
#include <string>

std::string middle_of_marks(std::int32_t left, std::int32_t right) {
    // left + right may not fit in 32 bits, the sum of two wider numbers does
    const std::int64_t middle = (static_cast<std::int64_t>(left) + right) / 2;
    return "middle at " + std::to_string(middle) + " mm";
}
