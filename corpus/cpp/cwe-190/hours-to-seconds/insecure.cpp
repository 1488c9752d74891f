#include <exception>
#include <iostream>
#include <string>

int main(int argc, char *argv[]) {
    if (argc != 2) {
        std::cerr << "Usage: " << argv[0] << " HOURS\n";
        return 1;
    }

    int hours = 0;
    try {
        hours = std::stoi(argv[1]);
    } catch (const std::exception &) {
        std::cerr << "Not a number of hours: " << argv[1] << '\n';
        return 1;
    }
    if (hours < 0) {
        std::cerr << "Out of range: " << argv[1] << '\n';
        return 1;
    }

    std::cout << hours * 3600 << " seconds\n";
}
