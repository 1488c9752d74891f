#include <sys/socket.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

int open_own(const char *path) {
    // ruleid: seccoder.c.check-then-open
    if (access(path, W_OK) == 0) {
        return open(path, O_WRONLY);
    }
    return -1;
}

int open_fixed(const char *path) {
    // ok: seccoder.c.check-then-open
    int file = open(path, O_WRONLY | O_NOFOLLOW);
    return file;
}

void scratch(void) {
    char name[] = "notes.XXXXXX";
    // ruleid: seccoder.c.temporary-name
    mktemp(name);
    // ok: seccoder.c.temporary-name
    close(mkstemp(name));
}

void rights(const char *path) {
    // ruleid: seccoder.c.file-permissions
    chmod(path, 0777);
    // ok: seccoder.c.file-permissions
    chmod(path, 0600);
}

void make_token(char *token, size_t size) {
    for (size_t i = 0; i < size; i++) {
        // ruleid: seccoder.c.weak-random
        token[i] = 'a' + rand() % 26;
    }
}

void make_token_fixed(unsigned char *token, size_t size) {
    // ok: seccoder.c.weak-random
    getrandom(token, size, 0);
}

int dice(void) {
    // ok: seccoder.c.weak-random
    return rand() % 6 + 1;
}

void hash(const unsigned char *data, size_t size, unsigned char *out) {
    // ruleid: seccoder.c.weak-hash
    MD5(data, size, out);
    // ok: seccoder.c.weak-hash
    SHA256(data, size, out);
}

void encrypt(EVP_CIPHER_CTX *context, const unsigned char *key, const unsigned char *iv) {
    // ruleid: seccoder.c.weak-cipher
    EVP_EncryptInit(context, EVP_aes_128_ecb(), key, NULL);
    // ok: seccoder.c.weak-cipher
    EVP_EncryptInit(context, EVP_aes_256_gcm(), key, iv);
}

void fetch(CURL *curl) {
    // ruleid: seccoder.c.tls-verification-off
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    // ok: seccoder.c.tls-verification-off
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
}

int login(const char *password, const char *wanted) {
    // ruleid: seccoder.c.hard-coded-secret
    if (strcmp(password, "winter-2019-blue") == 0) {
        return 1;
    }
    // ok: seccoder.c.hard-coded-secret
    return strcmp(password, wanted) == 0;
}

void serve(int client) {
    char name[64], path[128];
    ssize_t n = recv(client, name, sizeof name - 1, 0);
    if (n <= 0)
        return;
    name[n] = '\0';
    snprintf(path, sizeof path, "pages/%s", name);
    // ruleid: seccoder.c.path-traversal
    int file = open(path, O_RDONLY);
    close(file);
}

void drop(void) {
    char name[64];
    if (fgets(name, sizeof name, stdin))
        // ruleid: seccoder.c.path-traversal
        unlink(name);
}

void serve_checked(int client) {
    char name[64], path[128];
    if (!fgets(name, sizeof name, stdin) || strchr(name, '/'))
        return;
    snprintf(path, sizeof path, "pages/%s", name);
    // ok: seccoder.c.path-traversal
    int file = open(path, O_RDONLY);
    close(file);
}

int main(int argc, char *argv[]) {
    char path[128];
    snprintf(path, sizeof path, "%s.txt", argv[1]);
    // ok: seccoder.c.path-traversal
    int file = open(path, O_RDONLY);
    // ok: seccoder.c.path-traversal
    return file + open(argv[1], O_RDONLY);
}
