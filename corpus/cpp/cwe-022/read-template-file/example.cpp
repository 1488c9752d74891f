#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

std::optional<std::string> read_template(const std::filesystem::path &folder, const std::string &name) {
    // relative() resolves .. and links in both paths: what then begins with .. lies outside
    if (*std::filesystem::relative(folder / name, folder).begin() == "..") {
        return std::nullopt;
    }
    std::ifstream file(folder / name);
    return std::string(std::istreambuf_iterator<char>(file), {});
}
