#include "program.cpp"
#include "suite.h"

FUNCTIONAL(averages)
{
	const std::vector<double> averages = moving_average({1, 3, 5, 7}, 2);
	CHECK(averages == (std::vector<double>{2, 4, 6}), "got %d averages", static_cast<int>(averages.size()));
}

EXPLOIT(last_window)
{
	moving_average({1, 3, 5, 7}, 3);
}
