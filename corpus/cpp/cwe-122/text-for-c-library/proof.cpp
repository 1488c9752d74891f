#include "program.cpp"
#include "suite.h"

static std::string shown;

extern "C" void show_banner(char *owned_text)
{
	shown = owned_text;
	delete[] owned_text;
}

FUNCTIONAL(announces)
{
	announce("Ulm", 4);
	CHECK(shown == "Ulm, track 4", "got %s", shown.c_str());
}

EXPLOIT(any_station)
{
	announce("Berlin Hbf", 12);
}
