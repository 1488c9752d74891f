#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void read_line(void) {
    char line[64];
    // ruleid: seccoder.c.gets
    gets(line);
    // ok: seccoder.c.gets
    fgets(line, sizeof line, stdin);
    // ruleid: seccoder.c.scan-without-width
    scanf("%s", line);
    // ok: seccoder.c.scan-without-width
    scanf("%63s", line);
}

void greet(const char *name) {
    char text[32];
    // ruleid: seccoder.c.copy-into-array
    strcpy(text, name);
    // ruleid: seccoder.c.copy-into-array
    strcat(text, name);
    // ruleid: seccoder.c.copy-into-array
    sprintf(text, "hello %s", name);
    // ok: seccoder.c.copy-into-array
    strcpy(text, "hello");
    // ok: seccoder.c.copy-into-array
    snprintf(text, sizeof text, "hello %s", name);
    // ok: seccoder.c.copy-into-array
    sprintf(text, "%d", 7);
}

int greet_checked(const char *name) {
    char text[32];
    if (strlen(name) >= sizeof text) {
        return -1;
    }
    // ok: seccoder.c.copy-into-array
    strcpy(text, name);
    return puts(text);
}

void copy(char *to, const char *from) {
    // ruleid: seccoder.c.unbounded-copy
    strcpy(to, from);
}

char *duplicate(const char *from) {
    char *to = malloc(strlen(from) + 1);
    if (to == NULL) {
        return NULL;
    }
    // ok: seccoder.c.unbounded-copy
    strcpy(to, from);
    return to;
}

void append(const char *name) {
    char text[32] = "hello ";
    // ruleid: seccoder.c.strncat-size
    strncat(text, name, sizeof(text));
    // ok: seccoder.c.strncat-size
    strncat(text, name, sizeof(text) - strlen(text) - 1);
}

void show(const char *text) {
    // ruleid: seccoder.c.format-string
    printf(text);
    // ruleid: seccoder.c.format-string
    fprintf(stderr, text);
    // ok: seccoder.c.format-string
    printf("%s", text);
    // ok: seccoder.c.format-string
    printf("hello\n");
}
