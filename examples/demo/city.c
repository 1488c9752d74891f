#include <stdio.h>

int main(void)
{
    char city[64] = "";

    printf("Where do you live? ");
