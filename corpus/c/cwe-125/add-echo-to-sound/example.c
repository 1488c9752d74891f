#include <stddef.h>

void add_echo(double *out, const double *sound, size_t samples, size_t delay) {
    for (size_t i = 0; i < samples; i++) {
        // until the delay is over there is no earlier sample: i - delay would lie before the sound
        out[i] = sound[i] + (i >= delay ? sound[i - delay] / 2 : 0);
    }
}
