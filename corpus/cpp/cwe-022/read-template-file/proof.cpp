#include "program.cpp"
#include "suite.h"

static void prepare()
{
	mkdir("templates", 0755);
	mkdir("templates/mails", 0755);
	write_file("templates/mails/welcome.txt", "Dear {name}");
	write_file("secret.txt", "private");
}

FUNCTIONAL(reads_a_template)
{
	prepare();
	CHECK(read_template("templates", "mails/welcome.txt").value_or("") == "Dear {name}", "it was not read");
}

EXPLOIT(dots_in_the_name)
{
	prepare();
	if (read_template("templates", "../secret.txt").value_or("") == "private")
		EXPLOITED("the file beside the folder was read");
}

EXPLOIT(absolute_name)
{
	prepare();
	char *here = realpath("secret.txt", nullptr);
	if (read_template("templates", here).value_or("") == "private")
		EXPLOITED("a file was read by its absolute name");
}

EXPLOIT(link_that_leads_out)
{
	prepare();
	if (symlink("../secret.txt", "templates/link.txt") == 0 && read_template("templates", "link.txt").value_or("") == "private")
		EXPLOITED("a link led to the file beside the folder");
}
