#include <stdio.h>

/* Asks for a word and keeps it in an array. */
int main(void)
{
    char city[64] = "";

    printf("Where do you live? ");
