#include "program.cpp"
#include "suite.h"

FUNCTIONAL(names_the_editor)
{
	setenv("EDITOR", "nano", 1);
	CHECK(preferred_editor() == "nano", "got %s", preferred_editor().c_str());
	setenv("EDITOR", "", 1);
	CHECK(preferred_editor() == "vi", "got %s", preferred_editor().c_str());
}

EXPLOIT(no_editor)
{
	unsetenv("EDITOR");
	preferred_editor();
}
