#include <iostream>
#include <vector>

int main() {
    std::vector<double> heights;
    for (double height; std::cin >> height;) {
        heights.push_back(height);
    }
    if (heights.empty()) {
        return 1;
    }

    const double &start = heights.front();
    heights.push_back(start);

    for (const double height : heights) {
        std::cout << height - start << ' ';
    }
    std::cout << '\n';
}
