#include "program.cpp"
#include "suite.h"

FUNCTIONAL(normalises)
{
	const std::string key(normalise_key("Content-Type-Of-The-Whole-Message"));
	CHECK(key == "content_type_of_the_whole_message", "got %s", key.c_str());
}

EXPLOIT(key_after_the_call)
{
	const auto key = normalise_key("Accept-Language-Of-The-Reader-Himself");
	write_file("key", std::string(key).c_str());
}
