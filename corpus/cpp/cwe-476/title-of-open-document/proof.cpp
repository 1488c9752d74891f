#include "program.cpp"
#include "suite.h"

FUNCTIONAL(names_the_document)
{
	const auto document = std::make_shared<std::string>("letter");
	CHECK(window_title(document) == "letter - Editor", "got %s", window_title(document).c_str());
}

EXPLOIT(document_that_was_closed)
{
	auto document = std::make_shared<std::string>("letter");
	const std::weak_ptr<std::string> shown = document;
	document.reset();
	window_title(shown);
}
