#include "program.cpp"
#include "suite.h"

static Drawing drawing()
{
	Drawing d;
	auto sun = std::make_unique<Circle>();
	sun->radius = 2.5;
	d["sun"] = std::move(sun);
	auto house = std::make_unique<Square>();
	house->side = 1234.5;
	d["house"] = std::move(house);
	return d;
}

FUNCTIONAL(finds_the_radius)
{
	double radius = radius_of(drawing(), "sun");
	CHECK(radius == 2.5, "got %g", radius);
}

EXPLOIT(shape_that_is_no_circle)
{
	try {
		if (radius_of(drawing(), "house") == 1234.5)
			EXPLOITED("the side of a square was read as the radius of a circle");
	} catch (const std::exception &) {
	}
}

EXPLOIT(shape_that_is_not_there)
{
	try {
		radius_of(drawing(), "moon");
	} catch (const std::exception &) {
	}
}
