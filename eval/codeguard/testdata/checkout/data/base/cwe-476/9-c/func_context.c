int main(void) {
    // allocate 20 bytes, put the word "ready" there, print it, and release it
