#include "program.c"
#include "suite.h"

FUNCTIONAL(joins_folder_and_name)
{
	char path[32];
	CHECK(build_file_path(path, sizeof path, "logs", "may.txt") == 12 && strcmp(path, "logs/may.txt") == 0, "got %s", path);
}

EXPLOIT(long_name)
{
	build_file_path(malloc(16), 16, "logs", repeat('A', 300));
}
