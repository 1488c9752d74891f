#include <optional>
#include <string>
#include <unordered_map>

std::optional<int> price_of(const std::unordered_map<std::string, int> &prices, const std::string &article) {
    const auto found = prices.find(article);
    // end() of an unordered_map is a null pointer to a node
    if (found == prices.end()) {
        return std::nullopt;
    }
    return found->second;
}
