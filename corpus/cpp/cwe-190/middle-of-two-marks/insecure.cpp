#include <cstdint>
#include <string>

std::string middle_of_marks(std::int32_t left, std::int32_t right) {
    const std::int64_t middle = (left + right) / 2;
    return "middle at " + std::to_string(middle) + " mm";
}
