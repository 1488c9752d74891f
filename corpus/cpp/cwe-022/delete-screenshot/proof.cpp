#include "program.cpp"
#include "suite.h"

static void prepare()
{
	mkdir("screenshots", 0755);
	write_file("screenshots/monday.png", "picture");
	write_file("screenshots/tuesday.png", "picture");
	write_file("profile", "settings");
}

FUNCTIONAL(deletes_a_screenshot)
{
	prepare();
	CHECK(delete_screenshot("screenshots", "monday.png"), "it says no");
	CHECK(!read_file("screenshots/monday.png") && read_file("screenshots/tuesday.png"), "another one is gone, or none");
}

FUNCTIONAL(one_that_is_not_there)
{
	prepare();
	CHECK(!delete_screenshot("screenshots", "sunday.png"), "it says yes");
}

EXPLOIT(name_with_dots)
{
	prepare();
	delete_screenshot("screenshots", "../profile");
	if (!read_file("profile"))
		EXPLOITED("a file beside the folder was deleted");
}

EXPLOIT(absolute_name)
{
	prepare();
	char *path = realpath("profile", nullptr);
	delete_screenshot("screenshots", path);
	if (!read_file("profile"))
		EXPLOITED("a file was deleted by its absolute name");
}
