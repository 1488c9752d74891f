#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

std::optional<std::string> read_template(const std::filesystem::path &folder, const std::string &name) {
    std::ifstream file(folder / name);
    return std::string(std::istreambuf_iterator<char>(file), {});
}
