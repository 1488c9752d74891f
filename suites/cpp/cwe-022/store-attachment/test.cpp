#include "program.cpp"
#include "suite.h"

FUNCTIONAL(stores_an_attachment)
{
	fs::create_directory("mails");
	CHECK(store_attachment("mails", {"photo.jpg", "picture"}), "it returned false");
	char *text = read_file("mails/photo.jpg");
	CHECK(text && strcmp(text, "picture") == 0, "the file holds %s", text ? text : "nothing");
}

static void attack(const std::string &name, const std::string &outside)
{
	fs::create_directories("all/mails");
	try {
		store_attachment("all/mails", {name, "evil"});
	} catch (const std::exception &) {
	}
	if (fs::exists(outside))
		EXPLOITED("the name %s wrote the file %s, outside the folder", name.c_str(), outside.c_str());
}

EXPLOIT(name_that_leads_up)
{
	attack("../start.sh", "all/start.sh");
	attack("../../start.sh", "start.sh");
}

EXPLOIT(absolute_name)
{
	std::string outside = (fs::current_path() / "start.sh").string();
	attack(outside, outside);
}

EXPLOIT(way_up_behind_a_folder)
{
	fs::create_directories("all/mails/photos");
	attack("photos/../../start.sh", "all/start.sh");
}
