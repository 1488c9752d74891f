#include <map>
#include <memory>
#include <string>

struct Shape {
    virtual ~Shape() = default;
};

struct Circle : Shape {
    double radius = 0;
};

struct Square : Shape {
    double side = 0;
};

using Drawing = std::map<std::string, std::unique_ptr<Shape>>;

// Returns the radius of the circle of that name.
double radius_of(const Drawing &drawing, const std::string &name)
{
