#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ticket {
	int number;
	char *title;
};

void close_ticket(struct ticket *t)
{
	int number = t->number;
	free(t->title);
	free(t);
	printf("closed %d\n", number);
}

void drop_once(int urgent)
{
	char *note = malloc(32);
	if (note == NULL)
		return;
	if (urgent)
		puts("urgent");
	free(note);
}

int first_byte(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return -1;
	int c = fgetc(f);
	fclose(f);
	return c;
}

void greet(const char *name)
{
	printf("%s", name);
}

int *counter(void)
{
	int *n = malloc(sizeof *n);
	if (n != NULL)
		*n = 0;
	return n;
}
