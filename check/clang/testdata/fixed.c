#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *label(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = malloc(size);
	if (copy != NULL)
		snprintf(copy, size, "%s", text);
	return copy;
}

int total(void)
{
	int parts[4] = {1, 2, 3, 4};
	return parts[3];
}

int length(const char *text)
{
	if (text == NULL)
		return 0;
	return text[0] == 0;
}

int become(int id)
{
	return setuid(id) == 0 ? 0 : -1;
}

int sum(int n)
{
	int s = 0;
	for (int i = 0; i < n; i++)
		s += i;
	return s;
}
