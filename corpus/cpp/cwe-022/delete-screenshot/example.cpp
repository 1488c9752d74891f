#include <filesystem>
#include <string>

bool delete_screenshot(const std::filesystem::path &screenshots, const std::string &name) {
    for (const auto &entry : std::filesystem::directory_iterator(screenshots)) {
        // the name selects one of the files that are here, and is never made a path
        if (entry.path().filename() == name) {
            return std::filesystem::remove(entry.path());
        }
    }
    return false;
}
