    auto *lamp = static_cast<Lamp *>(found->second);
    for (int &light : lamp->light)
        light = percent;
}
