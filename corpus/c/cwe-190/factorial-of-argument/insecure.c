#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    int n = argc > 1 ? atoi(argv[1]) : 10;

    long long factorial = 1;
    for (int i = 2; i <= n; i++) {
        factorial *= i;
    }

    printf("%d! = %lld\n", n, factorial);
    return 0;
}
