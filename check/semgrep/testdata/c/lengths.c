#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void packet(const unsigned char *data) {
    unsigned char body[128];
    uint32_t length = ntohl(*(const uint32_t *)data);
    // ruleid: seccoder.c.length-from-outside
    memcpy(body, data + 4, length);
    use(body);
}

void packet_checked(const unsigned char *data) {
    unsigned char body[128];
    uint32_t length = ntohl(*(const uint32_t *)data);
    if (length > sizeof body) {
        return;
    }
    // ok: seccoder.c.length-from-outside
    memcpy(body, data + 4, length);
    use(body);
}

int pick(const char *text) {
    int values[8] = {0};
    int i = atoi(text);
    // ruleid: seccoder.c.index-from-outside
    return values[i];
}

int pick_scanned(void) {
    int values[8] = {0};
    int i;
    scanf("%d", &i);
    // ruleid: seccoder.c.index-from-outside
    return values[i];
}

int pick_checked(const char *text) {
    int values[8] = {0};
    int i = atoi(text);
    if (i < 0 || i >= 8) {
        return -1;
    }
    // ok: seccoder.c.index-from-outside
    return values[i];
}

int get(int *values, int size, int index) {
    // ruleid: seccoder.c.index-parameter
    return values[index];
}

int get_upper(int *values, int size, int index) {
    if (index < size) {
        // ruleid: seccoder.c.negative-index
        return values[index];
    }
    return -1;
}

int get_checked(int *values, int size, int index) {
    if (index >= 0 && index < size) {
        // ok: seccoder.c.index-parameter, seccoder.c.negative-index
        return values[index];
    }
    return -1;
}

int get_early(int *values, int size, int index) {
    if (index < 0 || index >= size) {
        return -1;
    }
    // ok: seccoder.c.index-parameter, seccoder.c.negative-index
    return values[index];
}

int *numbers(size_t count) {
    // ruleid: seccoder.c.multiplied-size
    return malloc(count * sizeof(int));
}

int *numbers_checked(size_t count) {
    if (count > SIZE_MAX / sizeof(int)) {
        return NULL;
    }
    // ok: seccoder.c.multiplied-size
    return malloc(count * sizeof(int));
}

int *numbers_zeroed(size_t count) {
    // ok: seccoder.c.multiplied-size
    return calloc(count, sizeof(int));
}

int get_short(int *values, int size, int index) {
    if (index < 0 || index >= size) return -1;
    // ok: seccoder.c.index-parameter, seccoder.c.negative-index
    return values[index];
}

int get_else(int *values, int size, int index) {
    if (index < 0 || index >= size) {
        return -1;
    } else {
        // ok: seccoder.c.index-parameter, seccoder.c.negative-index
        return values[index];
    }
}

int get_both(int *values, int size, int index) {
    // ok: seccoder.c.index-parameter, seccoder.c.negative-index
    return (index >= 0 && index < size) ? values[index] : -1;
}

int get_upper_short(int *values, int size, int index) {
    if (index >= size) return -1;
    // ruleid: seccoder.c.negative-index
    return values[index];
}

int get_upper_else(int *values, int size, int index) {
    if (index < size)
        // ruleid: seccoder.c.negative-index
        return values[index];
    else
        return -1;
}

const char *month_name(void) {
    static const char *const names[] = {"January", "February", "March"};
    int month;
    if (scanf("%d", &month) != 1) {
        return NULL;
    }
    if (month > 3) {
        return NULL;
    }
    // ruleid: seccoder.c.negative-index
    return names[month - 1];
}

const char *month_name_checked(void) {
    static const char *const names[] = {"January", "February", "March"};
    int month;
    if (scanf("%d", &month) != 1 || month < 1 || month > 3) {
        return NULL;
    }
    // ok: seccoder.c.negative-index, seccoder.c.index-from-outside
    return names[month - 1];
}

unsigned char *image(size_t width, size_t height) {
    if (width == 0 || height > SIZE_MAX / width) {
        return NULL;
    }
    // ok: seccoder.c.multiplied-size
    return malloc(width * height);
}
