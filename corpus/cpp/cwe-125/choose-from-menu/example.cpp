#include <cstddef>
#include <iostream>
#include <string>
#include <vector>

int main() {
    const std::vector<std::string> dishes{"soup", "salad", "risotto", "fish"};
    int choice = 0;

    std::cout << "Which dish (1-" << dishes.size() << ")? ";
    std::cin >> choice;

    // the menu counts from 1, so 0 and less are as wrong as too much
    if (choice < 1 || static_cast<std::size_t>(choice) > dishes.size()) {
        return 1;
    }
    std::cout << "One " << dishes[choice - 1] << ", please\n";
}
