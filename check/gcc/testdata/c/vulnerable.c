#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ticket {
	int number;
	char *title;
};

void close_ticket(struct ticket *t)
{
	free(t->title);
	free(t);
	printf("closed %d\n", t->number);
}

void drop_twice(int urgent)
{
	char *note = malloc(32);
	if (note == NULL)
		return;
	if (urgent)
		free(note);
	free(note);
}

int first_byte(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return -1;
	int c = fgetc(f);
	if (c == EOF)
		return -1;
	fclose(f);
	return c;
}

void greet(const char *name)
{
	printf(name);
}

int *counter(void)
{
	int *n = malloc(sizeof *n);
	*n = 0;
	return n;
}
