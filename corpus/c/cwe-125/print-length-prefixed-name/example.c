#include <stdio.h>

int print_name_field(const unsigned char *packet, size_t size) {
    // the sender chose the length in the first byte: it may claim more than has arrived
    if (size < 1 || packet[0] > size - 1) {
        return -1;
    }
    fwrite(packet + 1, 1, packet[0], stdout);
    putchar('\n');
    return 0;
}
