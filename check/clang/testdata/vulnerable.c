#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *label(const char *text)
{
	char *copy = malloc(16);
	if (copy == NULL)
		return NULL;
	strcpy(copy, text);
	free(copy);
	return copy;
}

int total(void)
{
	int parts[4] = {1, 2, 3, 4};
	return parts[4];
}

int length(const char *text)
{
	if (text == NULL)
		puts("no text");
	return text[0] == 0;
}

void become(int id)
{
	setuid(id);
}

int sum(int n)
{
	int s;
	for (int i = 0; i < n; i++)
		s += i;
	return s;
}
