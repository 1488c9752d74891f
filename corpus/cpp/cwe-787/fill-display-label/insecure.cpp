#include <cstddef>
#include <cstring>
#include <string>

void fill_label(char *label, std::size_t size, const std::string &text) {
    if (size == 0) {
        return;
    }

    const std::size_t length = text.size();
    std::memcpy(label, text.data(), length);
    label[length] = '\0';
}
