#include "program.cpp"
#include "suite.h"

FUNCTIONAL(counts_down)
{
	const auto next = countdown(2, "go");
	const std::string said = next() + next() + next();
	CHECK(said == "21go", "got %s", said.c_str());
}

EXPLOIT(call_after_the_function_ended)
{
	countdown(1, "go")();
}
