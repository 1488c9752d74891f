#include "program.cpp"
#include "suite.h"
#include <sstream>

static std::string comment(const std::string &bytes)
{
	std::istringstream picture(bytes);
	return picture_comment(picture);
}

FUNCTIONAL(reads_the_comment)
{
	CHECK(comment("\005Hallo and more") == "Hallo", "got %s", comment("\005Hallo and more").c_str());
}

EXPLOIT(length_of_255)
{
	comment("\377" + std::string(255, 'A'));
}
