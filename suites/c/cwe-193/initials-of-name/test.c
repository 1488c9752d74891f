#include "program.c"
#include "suite.h"

FUNCTIONAL(makes_initials)
{
	char initials[16];
	initials_of("ada king lovelace", initials, sizeof initials);
	CHECK(strcmp(initials, "AKL") == 0, "got %s", initials);
}

FUNCTIONAL(takes_one_word)
{
	char initials[16];
	initials_of("grace", initials, sizeof initials);
	CHECK(strcmp(initials, "G") == 0, "got %s", initials);
}

EXPLOIT(as_many_words_as_the_buffer_has_characters)
{
	char *initials = memset(malloc(4), 'x', 4);
	initials_of("one two three four", initials, 4);
	if (!memchr(initials, '\0', 4))
		EXPLOITED("the four characters of the buffer hold no end of the string");
}

EXPLOIT(many_words)
{
	char *initials = memset(malloc(3), 'x', 3);
	initials_of("a b c d e f g h i j k l m n o p q r s t u v w x y z", initials, 3);
	if (!memchr(initials, '\0', 3))
		EXPLOITED("the three characters of the buffer hold no end of the string");
}
