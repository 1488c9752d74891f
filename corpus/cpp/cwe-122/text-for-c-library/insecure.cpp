#include <cstring>
#include <string>

extern "C" void show_banner(char *owned_text);

void announce(const std::string &station, int track) {
    const std::string text = station + ", track " + std::to_string(track);
    char *banner = new char[text.size()];
    std::strcpy(banner, text.c_str());
    show_banner(banner);
}
