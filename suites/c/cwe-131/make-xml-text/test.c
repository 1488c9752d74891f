#include "program.c"
#include "suite.h"

FUNCTIONAL(leaves_plain_text)
{
	char *text = xml_text("plain text");
	CHECK(text && strcmp(text, "plain text") == 0, "got %s", text ? text : "NULL");
}

FUNCTIONAL(writes_all_five_signs)
{
	const char *wanted = "if a &lt; b &amp;&amp; c &gt; d then &quot;yes it&apos;s so&quot;";
	char *text = xml_text("if a < b && c > d then \"yes it's so\"");
	CHECK(text && strcmp(text, wanted) == 0, "got %s", text ? text : "NULL");
}

EXPLOIT(only_quotation_marks)
{
	for (int n = 1; n <= 400; n += 57)
		xml_text(repeat('"', n));
}

EXPLOIT(only_apostrophes)
{
	xml_text(repeat('\'', 5000));
}

EXPLOIT(only_ampersands)
{
	xml_text(repeat('&', 5000));
}
