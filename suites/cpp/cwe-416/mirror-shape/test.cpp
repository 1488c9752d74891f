#include "program.cpp"
#include "suite.h"

FUNCTIONAL(adds_mirrored_points)
{
	std::vector<Point> points;
	points.reserve(64);
	points.push_back({1, 2});
	points.push_back({3, 4});
	add_mirrored(points);
	CHECK(points.size() == 4, "there are %zu points", points.size());
	CHECK(points[2].x == -1 && points[2].y == 2 && points[3].x == -3 && points[3].y == 4, "point 2 is (%g, %g)", points[2].x, points[2].y);
	CHECK(points[0].x == 1 && points[1].x == 3, "the points themselves were changed");
}

FUNCTIONAL(no_points)
{
	std::vector<Point> points;
	add_mirrored(points);
	CHECK(points.empty(), "points came from nowhere");
}

EXPLOIT(vector_without_spare_room)
{
	for (int n = 1; n < 200; n++) {
		std::vector<Point> points(n, Point{1, 2});
		points.shrink_to_fit();
		add_mirrored(points);
		if (points.size() == 2 * (std::size_t)n && points.back().x != -1)
			EXPLOITED("the last of %zu points is (%g, %g)", points.size(), points.back().x, points.back().y);
	}
}
