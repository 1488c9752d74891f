#include "program.cpp"
#include "suite.h"

FUNCTIONAL(sets_the_light)
{
	Lamp *lamp = new Lamp;
	set_light({{"desk", lamp}}, "desk", 70);
	for (int i = 0; i < 8; i++)
		CHECK(lamp->light[i] == 70, "bulb %d has %d", i, lamp->light[i]);
}

FUNCTIONAL(leaves_other_names)
{
	Lamp *lamp = new Lamp;
	set_light({{"desk", lamp}}, "table", 70);
	CHECK(lamp->light[0] == 0, "the wrong lamp was set");
}

EXPLOIT(device_that_is_no_lamp)
{
	Doorbell *bell = new Doorbell;
	try {
		set_light({{"front door", bell}}, "front door", 70);
	} catch (const std::exception &) {
	}
	if (bell->rings == 70)
		EXPLOITED("the light was written over the rings of the doorbell");
}
