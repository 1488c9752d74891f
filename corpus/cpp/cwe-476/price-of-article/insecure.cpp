#include <optional>
#include <string>
#include <unordered_map>

std::optional<int> price_of(const std::unordered_map<std::string, int> &prices, const std::string &article) {
    const auto found = prices.find(article);
    return found->second;
}
