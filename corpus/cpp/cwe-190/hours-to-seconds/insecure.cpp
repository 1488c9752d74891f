#include <iostream>
#include <string>

int main(int argc, char *argv[]) {
    const int hours = argc > 1 ? std::stoi(argv[1]) : 1;
    std::cout << hours * 3600 << " seconds\n";
}
