#include <filesystem>
#include <fstream>
#include <string>

bool save_note(const std::filesystem::path &notes, const std::string &title, const std::string &text) {
    // filename() drops every folder of the title
    std::ofstream file(notes / std::filesystem::path(title).filename());
    file << text;
    return file.good();
}
