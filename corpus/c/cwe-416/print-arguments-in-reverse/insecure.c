#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[]) {
    struct node {
        const char *text;
        struct node *next;
    } *head = NULL;

    for (int i = 1; i < argc; i++) {
        struct node *added = malloc(sizeof(*added));
        if (added == NULL) {
            break;
        }
        added->text = argv[i];
        added->next = head;
        head = added;
    }

    while (head != NULL) {
        printf("%s\n", head->text);
        free(head);
        head = head->next;
    }
    return 0;
}
