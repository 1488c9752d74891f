#include "program.cpp"
#include "suite.h"

FUNCTIONAL(finds_the_middle)
{
	CHECK(middle_of_marks(100, 300) == "middle at 200 mm", "got %s", middle_of_marks(100, 300).c_str());
}

EXPLOIT(marks_near_the_limit)
{
	middle_of_marks(2000000000, 2000000010);
}
