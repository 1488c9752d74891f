#include "program.cpp"
#include "suite.h"

FUNCTIONAL(opens_a_session)
{
	auto session = open_session(17, "ada");
	CHECK(session != nullptr, "there is no session");
	CHECK(session->number == 17 && session->user == "ada", "it is number %u of %s", session->number, session->user.c_str());
}

EXPLOIT(rights_from_old_memory)
{
	auto session = open_session(17, "guest");
	if (!session)
		return;
	unsigned char admin;
	memcpy(&admin, &session->is_admin, 1);
	if (admin != 0)
		EXPLOITED("the guest's is_admin is %#x, which the memory held before", admin);
}
