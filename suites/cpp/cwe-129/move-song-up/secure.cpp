    if (position < 2 || position > static_cast<int>(playlist.size()))
        return;
    std::swap(playlist[position - 1], playlist[position - 2]);
}
