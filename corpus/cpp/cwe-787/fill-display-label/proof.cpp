#include "program.cpp"
#include "suite.h"

FUNCTIONAL(fills_the_label)
{
	char label[16];
	fill_label(label, sizeof label, "Kitchen");
	CHECK(strcmp(label, "Kitchen") == 0, "got %s", label);
}

EXPLOIT(long_text)
{
	fill_label(static_cast<char *>(malloc(16)), 16, std::string(200, 'A'));
}
