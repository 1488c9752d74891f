int set_volume(int *channels, int count, int channel, int volume) {
    if (channel > count) {
        return -1;
    }
    channels[channel] = volume;
    return 0;
}
