#include "program.cpp"
#include "suite.h"

FUNCTIONAL(parses_a_number)
{
	CHECK(parse_int("42") == 42 && parse_int("-7") == -7 && !parse_int("4x"), "it does not");
}

EXPLOIT(view_of_bytes_without_an_end)
{
	char *bytes = static_cast<char *>(malloc(3));
	memcpy(bytes, "123", 3);
	parse_int(std::string_view(bytes, 3));
}

EXPLOIT(view_of_a_part)
{
	const auto parsed = parse_int(std::string_view("123456").substr(0, 3));
	if (parsed && *parsed != 123)
		EXPLOITED("the view of 123 is read as %d", *parsed);
}
