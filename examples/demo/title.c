#include <stdio.h>
#include <string.h>

/* Joins the words of a title with dashes and prints it. */
int main(int argc, char *argv[])
{
    char title[64] = "";

    for (int i = 1; i < argc; i++) {
