#include <stdio.h>

extern int weigh(const char *lorry);

int main(void) {
    int front = weigh("front");
    int rear = weigh("rear");

    int load = front + rear;

    printf("The ferry carries %d kg\n", load);
    return 0;
}
