int set_volume(int *channels, int count, int channel, int volume) {
    // the caller's number is compared with both ends before anything is written
    if (channel < 0 || channel >= count) {
        return -1;
    }
    channels[channel] = volume;
    return 0;
}
