#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>

void fill_label(char *label, std::size_t size, const std::string &text) {
    if (size == 0) {
        return;
    }

    // a text that is too long is cut, and one byte stays free for '\0'
    const std::size_t length = std::min(text.size(), size - 1);
    std::memcpy(label, text.data(), length);
    label[length] = '\0';
}
