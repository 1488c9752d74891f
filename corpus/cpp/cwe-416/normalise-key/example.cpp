#include <cctype>
#include <string>
#include <string_view>

std::string normalise_key(std::string_view key) {
    std::string result(key);
    for (char &c : result) {
        c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    // returned by value: a view of result would outlive it
    return result;
}
