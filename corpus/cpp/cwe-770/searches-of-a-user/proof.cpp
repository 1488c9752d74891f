#include "program.cpp"
#include "suite.h"

FUNCTIONAL(remembers)
{
	std::deque<std::string> searches;
	remember_search(searches, "red lamp");
	CHECK(remember_search(searches, "blue lamp") == 2 && searches.back() == "blue lamp", "it was forgotten");
}

EXPLOIT(searches_all_day)
{
	std::deque<std::string> searches;
	for (int i = 0; i < 3000; ++i)
		remember_search(searches, "lamp " + std::to_string(i));
	if (searches.size() == 3000)
		EXPLOITED("all of 3000 searches are kept");
}

EXPLOIT(search_of_a_megabyte)
{
	std::deque<std::string> searches;
	remember_search(searches, std::string(1 << 20, 'A'));
	if (searches.back().size() == 1 << 20)
		EXPLOITED("a search of a megabyte is kept");
}
