#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
    int number;
    char *name;
};

struct item *make(int number) {
    // ruleid: seccoder.c.unchecked-null
    struct item *item = malloc(sizeof *item);
    item->number = number;
    return item;
}

struct item *make_checked(int number) {
    // ok: seccoder.c.unchecked-null
    struct item *item = malloc(sizeof *item);
    if (item == NULL) {
        return NULL;
    }
    item->number = number;
    return item;
}

void first_line(const char *path) {
    char line[80];
    // ruleid: seccoder.c.unchecked-null
    FILE *file = fopen(path, "r");
    fgets(line, sizeof line, file);
    fclose(file);
}

struct item *make_short(int number) {
    // ok: seccoder.c.unchecked-null
    struct item *item = malloc(sizeof(struct item));
    if (!item) return NULL;
    item->number = number;
    return item;
}

char *fill(size_t size) {
    // ruleid: seccoder.c.unchecked-null
    char *text = (char *)malloc(size);
    for (size_t i = 0; i < size; i++) {
        text[i] = 'a';
    }
    return text;
}

char *fill_else(size_t size) {
    // ok: seccoder.c.unchecked-null
    char *text = (char *)malloc(size);
    if (text != NULL) {
        memset(text, 'a', size);
    } else {
        puts("no memory");
    }
    return text;
}

void *pass_on(size_t size) {
    // ok: seccoder.c.unchecked-null
    void *memory = malloc(size);
    return memory;
}

int last(struct item *item) {
    free(item);
    // ruleid: seccoder.c.use-after-free
    return item->number;
}

int last_fixed(struct item *item) {
    int number = item->number;
    free(item);
    // ok: seccoder.c.use-after-free
    return number;
}

void again(struct item *item) {
    free(item);
    item = make_checked(3);
    // ok: seccoder.c.use-after-free
    item->number = 4;
}

void twice(char *text) {
    free(text);
    // ruleid: seccoder.c.double-free
    free(text);
}

void once(char *text) {
    free(text);
    text = NULL;
    // ok: seccoder.c.double-free
    free(text);
}

char *label(int number) {
    // ruleid: seccoder.c.address-of-local
    char text[32];
    snprintf(text, sizeof text, "%d", number);
    return text;
}

char *label_fixed(int number, char *text, size_t size) {
    snprintf(text, size, "%d", number);
    // ok: seccoder.c.address-of-local
    return text;
}

void split(char *line) {
    // ruleid: seccoder.c.unchecked-null
    char *equals = strchr(line, '=');
    *equals = '\0';
}

long count_lines(const char *path) {
    // ruleid: seccoder.c.unchecked-null
    FILE *file = fopen(path, "r");
    long lines = 0;
    int c;
    while ((c = fgetc(file)) != EOF) {
        lines += c == '\n';
    }
    fclose(file);
    return lines;
}
