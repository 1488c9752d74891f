#include <functional>
#include <string>

std::function<std::string()> countdown(int from, const std::string &end) {
    int left = from;
    return [&left, &end]() mutable {
        return left > 0 ? std::to_string(left--) : end;
    };
}
