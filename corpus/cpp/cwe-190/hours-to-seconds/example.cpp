#include <iostream>
#include <string>

int main(int argc, char *argv[]) {
    const int hours = argc > 1 ? std::stoi(argv[1]) : 1;
    // LL: the product of two ints would be an int
    std::cout << hours * 3600LL << " seconds\n";
}
