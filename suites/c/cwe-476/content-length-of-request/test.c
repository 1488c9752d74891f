#include "program.c"
#include "suite.h"

FUNCTIONAL(reads_the_number)
{
	struct header headers[] = {{"Host", "example.org"}, {"Content-Length", "1234"}};
	CHECK(content_length(headers, 2) == 1234, "got %ld", content_length(headers, 2));
}

FUNCTIONAL(reads_it_whatever_its_case)
{
	struct header headers[] = {{"content-length", "7"}, {"Accept", "*/*"}};
	CHECK(content_length(headers, 2) == 7, "got %ld", content_length(headers, 2));
}

EXPLOIT(request_without_the_header)
{
	struct header headers[] = {{"Host", "example.org"}};
	content_length(headers, 1);
}

EXPLOIT(request_without_headers)
{
	struct header none[1];
	content_length(none, 0);
}
