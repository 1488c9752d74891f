#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

std::optional<std::string> read_template(const std::filesystem::path &folder,
                                         const std::string &name) {
    std::error_code error;
    const auto root = std::filesystem::canonical(folder, error);
    if (error) {
        return std::nullopt;
    }
    const auto path = root / name;

    std::ifstream file(path);
    if (!file) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}
