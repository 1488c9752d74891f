#include "program.c"
#include "suite.h"

FUNCTIONAL(copies_in_upper_case)
{
	CHECK(strcmp(upper_case_copy("Anna 7"), "ANNA 7") == 0, "got %s", upper_case_copy("Anna 7"));
}

EXPLOIT(any_text)
{
	upper_case_copy("Annabelle");
}
