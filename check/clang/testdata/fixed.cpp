class Session {
public:
	int id = 0;
};

int leave(Session *s)
{
	int id = s->id;
	delete s;
	return id;
}

#include <optional>
#include <string_view>

std::optional<int> firstDigit(std::string_view text)
{
	for (char c : text)
		if (c >= '0' && c <= '9')
			return c - '0';
	return std::nullopt;
}
