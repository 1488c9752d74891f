int set_volume(int *channels, int count, int channel, int volume) {
    if (channel > count) {
        return -1;
    }
    channels[channel] = volume < 0 ? 0 : volume > 100 ? 100 : volume;
    return 0;
}
