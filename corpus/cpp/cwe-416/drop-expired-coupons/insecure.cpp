#include <ctime>
#include <string>
#include <unordered_map>

void drop_expired(std::unordered_map<std::string, std::time_t> &coupons, std::time_t now) {
    for (auto it = coupons.begin(); it != coupons.end(); ++it) {
        if (it->second <= now) {
            coupons.erase(it);
        }
    }
}
