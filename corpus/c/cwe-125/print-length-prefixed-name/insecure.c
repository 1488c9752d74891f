#include <stdio.h>

int print_name_field(const unsigned char *packet, size_t size) {
    if (size < 1) {
        return -1;
    }

    size_t length = packet[0];
    fwrite(packet + 1, 1, length, stdout);
    putchar('\n');
    return 0;
}
