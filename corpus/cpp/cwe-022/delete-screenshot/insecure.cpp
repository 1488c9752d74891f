#include <filesystem>
#include <string>

bool delete_screenshot(const std::filesystem::path &screenshots, const std::string &name) {
    return std::filesystem::remove(screenshots / name);
}
