    std::swap(playlist[position - 1], playlist[position - 2]);
}
