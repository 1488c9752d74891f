#include <fstream>
#include <iostream>
#include <string>

void count_words(const std::string &book, const std::string &title) {
    // the string is named, so that the pointer does not outlive it
    const std::string joined = book + "/" + title + ".txt";
    const char *path = joined.c_str();

    std::ifstream chapter(path);
    int words = 0;
    for (std::string word; chapter >> word;) {
        ++words;
    }
    std::cout << path << ": " << words << " words\n";
}
