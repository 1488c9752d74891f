#include <memory>
#include <string>

std::string window_title(const std::weak_ptr<std::string> &document) {
    // lock() gives an empty pointer once the last owner is gone
    if (const auto title = document.lock()) {
        return *title + " - Editor";
    }
    return "Editor";
}
