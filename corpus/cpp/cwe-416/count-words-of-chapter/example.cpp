#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char *argv[]) {
    if (argc != 3) {
        std::cerr << "Usage: " << argv[0] << " BOOK CHAPTER\n";
        return 1;
    }

    // the string is named, so that the pointer does not outlive it
    const std::string joined = std::string(argv[1]) + "/" + argv[2] + ".txt";
    const char *path = joined.c_str();

    std::ifstream chapter(path);
    if (!chapter) {
        std::cerr << "Cannot open " << path << '\n';
        return 1;
    }
    int words = 0;
    for (std::string word; chapter >> word;) {
        ++words;
    }
    std::cout << path << ": " << words << " words\n";
}
