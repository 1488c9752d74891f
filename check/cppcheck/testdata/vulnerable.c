#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void read_name(void)
{
	char name[8];
	gets(name);
	puts(name);
}

int last(void)
{
	int parts[4] = {1, 2, 3, 4};
	return parts[4];
}

char *label(void)
{
	char text[16] = "label";
	return text;
}

char *freed(void)
{
	char *p = malloc(8);
	free(p);
	return p;
}

int first(const char *path)
{
	FILE *f = fopen(path, "r");
	if (f == NULL)
		return -1;
	return fgetc(f);
}

int share(int all)
{
	int parts = 0;
	return all / parts;
}
