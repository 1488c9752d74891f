#include <memory>
#include <string>

std::string window_title(const std::weak_ptr<std::string> &document) {
    const auto title = document.lock();
    return *title + " - Editor";
}
