#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

void look_up() {
    std::string host;
    std::cin >> host;
    std::string command = "nslookup " + host;
    // ruleid: seccoder.c.command-injection
    std::system(command.c_str());
    // ruleid: seccoder.c.command-injection
    popen(("ping -c 1 " + host).c_str(), "r");
    // ok: seccoder.c.command-injection
    std::system("uptime");
}

void look_up_all() {
    std::string line;
    while (std::getline(std::cin, line)) {
        // ruleid: seccoder.c.command-injection
        system(line.c_str());
    }
}

void look_up_two() {
    std::string host, port;
    std::cin >> host >> port;
    // ruleid: seccoder.c.command-injection
    system(("nc " + host).c_str());
    // ruleid: seccoder.c.command-injection
    system(("nc localhost " + port).c_str());
}

void look_up_in_buffer() {
    char line[80];
    std::cin.getline(line, sizeof line);
    // ruleid: seccoder.c.command-injection
    system(line);
}

void look_up_checked() {
    std::string host;
    std::cin >> host;
    if (!is_valid_host(host))
        return;
    // ok: seccoder.c.command-injection
    // ruleid: seccoder.c.command-built
    system(("nslookup " + host).c_str());
}

void read_from_elsewhere(std::istream &in) {
    int shift;
    in >> shift;
    // ok: seccoder.c.index-from-outside
    std::cout << (1 >> shift);
}

void tell(int count) {
    std::string format;
    std::getline(std::cin, format);
    // ruleid: seccoder.c.format-string
    std::printf(format.c_str());
    // ruleid: seccoder.c.format-from-outside
    std::printf(format.c_str(), count);
    // ruleid: seccoder.c.format-from-outside
    fprintf(stderr, format.c_str(), count);
    char text[80];
    // ruleid: seccoder.c.format-from-outside
    std::snprintf(text, sizeof text, format.c_str(), count);
    // ok: seccoder.c.format-from-outside
    std::printf("%s %d", format.c_str(), count);
    // ok: seccoder.c.format-from-outside
    fprintf(stderr, "%s\n", format.c_str());
}

int pick(const std::array<int, 8> &table) {
    unsigned i;
    std::size_t j;
    std::cin >> i >> j;
    // ruleid: seccoder.c.index-from-outside
    int first = table[i];
    // ruleid: seccoder.c.index-from-outside
    return first + table[j];
}

int pick_parsed(const std::vector<int> &table, const std::string &text) {
    std::size_t i = std::stoul(text);
    // ruleid: seccoder.c.index-from-outside
    return table[i];
}

int pick_checked(const std::array<int, 8> &table) {
    std::size_t i;
    if (!(std::cin >> i) || i >= table.size())
        return -1;
    // ok: seccoder.c.index-from-outside
    return table[i];
}

int pick_by_key(std::map<std::string, int> &table) {
    std::string key;
    std::cin >> key;
    // ok: seccoder.c.index-from-outside
    return table[key];
}

void show() {
    std::string name;
    std::getline(std::cin, name);
    // ruleid: seccoder.c.path-traversal
    std::ifstream file("notes/" + name);
    // ruleid: seccoder.c.path-traversal
    std::FILE *same = std::fopen(("notes/" + name).c_str(), "r");
    // ruleid: seccoder.c.path-traversal
    std::filesystem::remove("notes/" + name);
    // ok: seccoder.c.path-traversal
    std::ifstream fixed("notes/welcome.txt");
    // ok: seccoder.c.path-traversal
    std::ofstream base(std::filesystem::path(name).filename());
}

void show_checked() {
    std::string name;
    std::cin >> name;
    if (name.find('/') != std::string::npos)
        return;
    // ok: seccoder.c.path-traversal
    std::ifstream file("notes/" + name);
}
