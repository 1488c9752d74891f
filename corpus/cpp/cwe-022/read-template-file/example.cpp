#include <algorithm>
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
    const auto path = std::filesystem::weakly_canonical(root / name, error);

    // after .. and links are resolved, path must still begin with all of root
    const auto [end, rest] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
    if (error || end != root.end() || rest == path.end()) {
        return std::nullopt;
    }

    std::ifstream file(path);
    if (!file) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}
