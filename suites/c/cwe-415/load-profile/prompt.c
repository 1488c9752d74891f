#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct profile {
    char *name;
    char *motto;
};

void profile_free(struct profile *p)
{
    free(p->name);
    free(p->motto);
}

/* Reads a line without its newline, in new memory; NULL at the end of the file. */
static char *read_line(FILE *in)
{
    char *line = NULL;
    size_t size = 0;
    if (getline(&line, &size, in) < 0) {
        free(line);
        return NULL;
    }
    line[strcspn(line, "\n")] = '\0';
    return line;
}

int profile_load(struct profile *p, FILE *in);

int main(void)
{
    struct profile p = {NULL, NULL};
    if (profile_load(&p, stdin) == 0)
        printf("%s: \"%s\"\n", p.name, p.motto);
    else
        fprintf(stderr, "this is no profile\n");
    profile_free(&p);
    return 0;
}

/* Reads a profile: a line with the name, and a line with the motto. Returns 0,
 * or -1 and releases what it has read if a line is missing. */
int profile_load(struct profile *p, FILE *in)
{
