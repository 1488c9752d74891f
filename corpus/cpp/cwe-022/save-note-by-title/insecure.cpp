#include <filesystem>
#include <fstream>
#include <string>

bool save_note(const std::filesystem::path &notes, const std::string &title, const std::string &text) {
    std::ofstream file(notes / title);
    file << text;
    return file.good();
}
