#include <cstddef>
#include <vector>

struct Point {
    double x, y;
};

// Makes half a shape a whole one: for each of its points, adds the mirrored one
// (with -x) behind the points that are there, in the same order.
void add_mirrored(std::vector<Point> &points)
{
