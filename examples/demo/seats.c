#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[])
{
    int seats[50] = {0};

    if (argc != 2) {
        fprintf(stderr, "usage: reserve SEAT\n");
        return 1;
    }
    int seat = atoi(argv[1]);

    // mark the seat as reserved
