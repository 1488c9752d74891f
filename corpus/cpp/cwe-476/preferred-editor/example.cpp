#include <cstdlib>
#include <string>

std::string preferred_editor() {
    const char *editor = std::getenv("EDITOR");
    // unset is NULL, and a std::string cannot be made of that
    if (editor == nullptr || *editor == '\0') {
        return "vi";
    }
    return editor;
}
