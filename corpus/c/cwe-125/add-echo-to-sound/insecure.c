#include <stddef.h>

void add_echo(double *out, const double *sound, size_t samples, size_t delay) {
    for (size_t i = 0; i < samples; i++) {
        out[i] = sound[i] + sound[i - delay] / 2;
    }
}
