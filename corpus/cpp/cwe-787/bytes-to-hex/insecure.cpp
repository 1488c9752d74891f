#include <cstddef>
#include <string>
#include <vector>

std::string to_hex(const std::vector<unsigned char> &bytes) {
    const char digits[] = "0123456789abcdef";

    std::string hex(bytes.size(), '0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 0x0f];
    }
    return hex;
}
