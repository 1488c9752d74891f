#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void read_name(void)
{
	char name[8];
	if (fgets(name, sizeof name, stdin) != NULL)
		puts(name);
}

int last(void)
{
	int parts[4] = {1, 2, 3, 4};
	return parts[3];
}

char *label(void)
{
	static char text[16] = "label";
	return text;
}

char *kept(void)
{
	char *p = malloc(8);
	return p;
}

int first(const char *path)
{
	FILE *f = fopen(path, "r");
	if (f == NULL)
		return -1;
	int c = fgetc(f);
	fclose(f);
	return c;
}

int share(int all, int parts)
{
	return parts == 0 ? 0 : all / parts;
}
