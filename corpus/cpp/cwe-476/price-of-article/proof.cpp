#include "program.cpp"
#include "suite.h"

FUNCTIONAL(tells_a_price)
{
	CHECK(price_of({{"lamp", 20}, {"chair", 50}}, "chair") == 50, "it is another");
}

EXPLOIT(article_that_is_not_there)
{
	price_of({{"lamp", 20}}, "table");
}
