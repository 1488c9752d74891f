#include "program.cpp"
#include "suite.h"

FUNCTIONAL(makes_room)
{
	Recording recording;
	make_room(recording, 8);
	CHECK(recording.samples && recording.room >= 8 && recording.used == 0, "the room is %zu", recording.room);
	for (int i = 0; i < 8; i++)
		recording.samples[i] = (short)i;
}

FUNCTIONAL(leaves_enough_room)
{
	Recording recording;
	make_room(recording, 8);
	short *samples = recording.samples;
	make_room(recording, 4);
	CHECK(recording.samples == samples && recording.room >= 8, "the room is %zu", recording.room);
}

EXPLOIT(more_room)
{
	Recording recording;
	make_room(recording, 8);
	for (int i = 0; i < 8; i++)
		recording.samples[i] = (short)(i * 3);
	recording.used = 8;
	make_room(recording, 4000);
	for (int i = 0; i < 8; i++)
		if (recording.samples[i] != i * 3)
			EXPLOITED("sample %d is %d", i, recording.samples[i]);
	recording.samples[3999] = 1;
	delete[] recording.samples;
}
