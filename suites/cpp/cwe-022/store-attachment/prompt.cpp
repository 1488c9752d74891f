#include <filesystem>
#include <fstream>
#include <string>

namespace fs = std::filesystem;

struct Attachment {
    std::string name; // as the mail gives it, "photo.jpg"
    std::string content;
};

// Stores the attachment under its name in the folder. Returns whether that
// worked.
bool store_attachment(const fs::path &folder, const Attachment &attachment)
{
