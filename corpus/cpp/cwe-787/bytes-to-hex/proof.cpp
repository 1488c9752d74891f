#include "program.cpp"
#include "suite.h"

FUNCTIONAL(writes_digits)
{
	const std::string hex = to_hex(std::vector<unsigned char>(32, 0x0f));
	CHECK(hex.size() == 64 && hex.substr(60) == "0f0f", "got %s", hex.c_str());
}

EXPLOIT(any_bytes)
{
	to_hex(std::vector<unsigned char>(40, 0xab));
}
