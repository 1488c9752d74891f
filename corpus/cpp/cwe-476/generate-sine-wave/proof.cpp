#include "program.cpp"
#include "suite.h"

static bool memory_is_used_up;

void *operator new[](std::size_t size, const std::nothrow_t &) noexcept
{
	return memory_is_used_up ? nullptr : ::operator new[](size);
}

FUNCTIONAL(generates_samples)
{
	input("1\n");
	program_main();
	CHECK(strstr(output(), "Last sample: 0"), "got %s", output());
}

EXPLOIT(memory_that_is_used_up)
{
	memory_is_used_up = true;
	input("1000\n");
	program_main();
}
