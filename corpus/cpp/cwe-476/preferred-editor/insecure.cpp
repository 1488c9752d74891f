#include <cstdlib>
#include <string>

std::string preferred_editor() {
    const char *editor = std::getenv("EDITOR");
    if (*editor == '\0') {
        return "vi";
    }
    return editor;
}
