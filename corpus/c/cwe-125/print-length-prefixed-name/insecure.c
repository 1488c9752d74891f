#include <stdio.h>

int print_name_field(const unsigned char *packet, size_t size) {
    if (size < 1) {
        return -1;
    }
    fwrite(packet + 1, 1, packet[0], stdout);
    putchar('\n');
    return 0;
}
