#include "program.cpp"
#include "suite.h"

FUNCTIONAL(recognises_comments)
{
	CHECK(is_comment("  # loud") && is_comment("; loud") && !is_comment("volume = 7"), "it does not");
}

EXPLOIT(line_of_blanks)
{
	is_comment(std::string(64, ' '));
}
