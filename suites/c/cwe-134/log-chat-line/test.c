#include "program.c"
#include "suite.h"

/* logged logs what ada says and returns what is in the log. */
static char *logged(const char *text)
{
	FILE *log = fopen("chat.log", "w");
	log_chat_line(log, "ada", text);
	fflush(log);
	char *all = read_file("chat.log");
	return all ? all : "";
}

FUNCTIONAL(logs_the_line)
{
	char *log = logged("good morning");
	CHECK(strstr(log, "<ada> good morning\n"), "the log is %s", log);
}

EXPLOIT(conversions_in_the_text)
{
	char *log = logged("%x|%x|%p|%x");
	if (*log && !strstr(log, "%x|%x|%p|%x"))
		EXPLOITED("the conversions were carried out: %s", log);
	if (*log)
		REACHED();
}

EXPLOIT(conversions_that_read_strings)
{
	char *log = logged("%s%s%s%s%s%s%s%s%s%s%s%s");
	if (*log && !strstr(log, "%s%s%s"))
		EXPLOITED("the conversions were carried out: %s", log);
}
