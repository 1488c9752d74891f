#include <stdio.h>

extern int weigh(const char *lorry);

int main(void) {
    int front = weigh("front");
    int rear = weigh("rear");

    // widened before the addition: the sum of two ints may not fit in an int
    long long load = (long long)front + rear;

    printf("The ferry carries %lld kg\n", load);
    return 0;
}
