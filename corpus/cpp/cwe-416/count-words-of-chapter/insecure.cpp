#include <fstream>
#include <iostream>
#include <string>

void count_words(const std::string &book, const std::string &title) {
    const char *path = (book + "/" + title + ".txt").c_str();

    std::ifstream chapter(path);
    int words = 0;
    for (std::string word; chapter >> word;) {
        ++words;
    }
    std::cout << path << ": " << words << " words\n";
}
