#include "program.c"
#include "suite.h"

FUNCTIONAL(stores_a_part)
{
	mkdir("parts", 0755);
	CHECK(store_part("photo.jpg", "photo", 5) == 0 && strcmp(read_file("parts/photo.jpg"), "photo") == 0, "it was not stored");
}

EXPLOIT(name_with_dots)
{
	mkdir("parts", 0755);
	store_part("../profile", "evil", 4);
	if (read_file("profile"))
		EXPLOITED("a file beside the folder was written");
}
