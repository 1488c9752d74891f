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

    // a copy: push_back may move the elements, and a reference would dangle
    const double start = heights.front();
    heights.push_back(start);

    for (const double height : heights) {
        std::cout << height - start << ' ';
    }
    std::cout << '\n';
}
