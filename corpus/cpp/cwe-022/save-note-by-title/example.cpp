#include <filesystem>
#include <fstream>
#include <string>

bool save_note(const std::filesystem::path &notes, const std::string &title, const std::string &text) {
    // filename() drops every folder; what is left must be more than dots
    const std::filesystem::path name = std::filesystem::path(title).filename();
    if (name.empty() || name == "." || name == "..") {
        return false;
    }
    std::ofstream file(notes / name);
    file << text;
    return file.good();
}
