    short *samples = new short[room];
    std::copy(recording.samples, recording.samples + recording.used, samples);
    delete[] recording.samples;
    recording.samples = samples;
    recording.room = room;
}
