#include "program.c"
#include "suite.h"

static void prepare(void)
{
	mkdir("saves", 0755);
	write_file("saves/castle.sav", "level 4");
	write_file("secret.sav", "not a game");
}

FUNCTIONAL(opens_a_game)
{
	char text[16] = "";
	FILE *game;
	prepare();
	game = open_saved_game("castle");
	CHECK(game && fgets(text, sizeof text, game) && strcmp(text, "level 4") == 0, "got %s", text);
}

EXPLOIT(dots_in_the_name)
{
	prepare();
	if (open_saved_game("../secret"))
		EXPLOITED("the file secret.sav beside the folder was opened");
}
