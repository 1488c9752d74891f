#include "program.c"
#include "suite.h"

size_t __sanitizer_get_current_allocated_bytes(void);

FUNCTIONAL(reads_a_setting)
{
	char *key = NULL, *value = NULL;
	input("colour=dark green\n");
	CHECK(read_setting(stdin, &key, &value) == 1, "the setting was not read");
	CHECK(strcmp(key, "colour") == 0 && strcmp(value, "dark green") == 0, "got %s and %s", key, value);
}

FUNCTIONAL(leaves_out_a_comment)
{
	char *key = NULL, *value = NULL;
	input("nothing here\na=b\n");
	CHECK(read_setting(stdin, &key, &value) == 0, "a line without = was no comment");
	CHECK(read_setting(stdin, &key, &value) == 1 && strcmp(key, "a") == 0, "the next line was not read");
}

FUNCTIONAL(ends)
{
	char *key = NULL, *value = NULL;
	input("");
	CHECK(read_setting(stdin, &key, &value) == -1, "the end was not seen");
}

EXPLOIT(thousands_of_lines_without_sign)
{
	char *text = repeat('x', 1000 * 1000);
	for (int i = 999; i < 1000 * 1000; i += 1000)
		text[i] = '\n';
	input(text);
	getc(stdin); /* has the buffer of stdin made before the count */
	char *key = NULL, *value = NULL;
	size_t before = __sanitizer_get_current_allocated_bytes();
	for (int i = 0; i < 500; i++)
		read_setting(stdin, &key, &value);
	size_t after = __sanitizer_get_current_allocated_bytes();
	if (after > before + 250 * 1000)
		EXPLOITED("500 lines without an equals sign keep %zu bytes of memory", after - before);
}
