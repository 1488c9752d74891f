#include "program.cpp"
#include "suite.h"

FUNCTIONAL(saves_a_note)
{
	mkdir("notes", 0755);
	CHECK(save_note("notes", "shopping", "milk") && strcmp(read_file("notes/shopping"), "milk") == 0, "it was not saved");
}

EXPLOIT(title_with_dots)
{
	mkdir("notes", 0755);
	save_note("notes", "../profile", "evil");
	if (read_file("profile"))
		EXPLOITED("a file beside the notes was written");
}

EXPLOIT(title_with_a_slash_in_front)
{
	mkdir("notes", 0755);
	char here[4096];
	save_note("notes", std::string(getcwd(here, sizeof here)) + "/profile", "evil");
	if (read_file("profile"))
		EXPLOITED("an absolute title left the folder");
}
