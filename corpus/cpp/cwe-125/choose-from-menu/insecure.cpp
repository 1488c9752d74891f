#include <cstddef>
#include <iostream>
#include <string>
#include <vector>

int main() {
    const std::vector<std::string> dishes{"soup", "salad", "risotto", "fish"};
    int choice = 0;

    std::cout << "Which dish (1-" << dishes.size() << ")? ";
    std::cin >> choice;

    if (choice > static_cast<int>(dishes.size())) {
        return 1;
    }
    std::cout << "One " << dishes[choice - 1] << ", please\n";
}
