#include <cctype>
#include <string>
#include <string_view>

std::string_view normalise_key(std::string_view key) {
    std::string result(key);
    for (char &c : result) {
        c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}
