#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

struct Node {
    int value;
    Node *next;
};

void run(const std::string &name) {
    std::string command = "wc -l " + name;
    // ruleid: seccoder.c.command-built
    std::system(command.c_str());
    // ok: seccoder.c.command-built
    std::system("wc -l notes.txt");
}

int drop(Node *node) {
    delete node;
    // ruleid: seccoder.c.use-after-free
    return node->value;
}

int drop_fixed(Node *node) {
    int value = node->value;
    delete node;
    // ok: seccoder.c.use-after-free
    return value;
}

class Greeter {
public:
    void greet(const char *name) {
        char text[32];
        // ruleid: seccoder.c.copy-into-array
        strcpy(text, name);
        // ok: seccoder.c.copy-into-array
        std::snprintf(text, sizeof text, "%s", name);
    }
};
