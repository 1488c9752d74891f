#include "program.c"
#include "suite.h"

static int print(const char *file)
{
	char path[64];
	mkdir("album", 0755);
	snprintf(path, sizeof path, "album/%s", file);
	write_file("album/01.ogg", "music");
	write_file(path, "01.ogg");
	return print_playlist("album");
}

FUNCTIONAL(prints_the_playlist)
{
	CHECK(print("winter.m3u") == 0 && strcmp(output(), "Playlist: winter.m3u\n") == 0, "got %s", output());
}

FUNCTIONAL(an_album_without_one)
{
	CHECK(print("cover.png") == 0 && strcmp(output(), "Playlist: none\n") == 0, "got %s", output());
}

EXPLOIT(any_playlist)
{
	print("summer.m3u");
}
