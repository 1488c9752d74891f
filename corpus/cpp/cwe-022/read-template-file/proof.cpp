#include "program.cpp"
#include "suite.h"

static void prepare()
{
	mkdir("templates", 0755);
	write_file("templates/mail.txt", "Dear {name}");
	write_file("secret.txt", "private");
}

FUNCTIONAL(reads_a_template)
{
	prepare();
	CHECK(read_template("templates", "mail.txt").value_or("") == "Dear {name}", "it was not read");
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
