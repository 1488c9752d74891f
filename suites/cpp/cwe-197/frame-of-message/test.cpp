#include "program.cpp"
#include "suite.h"

FUNCTIONAL(frames_a_message)
{
	std::string frame = frame_of("hello");
	CHECK(frame == std::string("\0\5hello", 7), "the frame has %zu bytes", frame.size());
}

FUNCTIONAL(frames_a_longer_message)
{
	std::string message(0x1234, 'x'), frame = frame_of(message);
	CHECK(frame.size() == 0x1236 && frame[0] == 0x12 && frame[1] == 0x34, "the frame has %zu bytes", frame.size());
}

static void attack(std::size_t size)
{
	std::string frame;
	try {
		frame = frame_of(std::string(size, 'x'));
	} catch (const std::exception &) {
		return;
	}
	if (frame.size() < 2)
		return;
	std::size_t said = (unsigned char)frame[0] << 8 | (unsigned char)frame[1];
	if (frame.size() - 2 > said && frame[2] == 'x') {
		/* Several complete frames, one behind the other, are a fine answer. */
		std::size_t at = 0;
		while (at + 2 <= frame.size())
			at += 2 + ((unsigned char)frame[at] << 8 | (unsigned char)frame[at + 1]);
		if (at != frame.size())
			EXPLOITED("the frame says %zu bytes and %zu follow", said, frame.size() - 2);
	}
}

EXPLOIT(message_of_sixty_four_kilobytes)
{
	attack(0x10000);
}

EXPLOIT(message_that_is_a_little_longer)
{
	attack(0x10005);
}
