#include "program.c"
#include "suite.h"

static void prepare(void)
{
	mkdir("docs", 0755);
	mkdir("docs-old", 0755);
	write_file("docs/a.txt", "public");
	write_file("docs-old/b.txt", "retired");
	write_file("secret.txt", "private");
}

FUNCTIONAL(prints_a_document)
{
	prepare();
	CHECK(print_document("docs", "a.txt") == 0 && strcmp(output(), "public") == 0, "got %s", output());
}

EXPLOIT(dots_in_the_name)
{
	prepare();
	print_document("docs", "../secret.txt");
	if (strstr(output(), "private"))
		EXPLOITED("the file beside the folder was printed");
}

EXPLOIT(link_that_leads_out)
{
	prepare();
	if (symlink("../docs-old/b.txt", "docs/link.txt") == 0)
		print_document("docs", "link.txt");
	if (strstr(output(), "retired"))
		EXPLOITED("a link led to a file of another folder");
}
