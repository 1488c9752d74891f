    auto *lamp = dynamic_cast<Lamp *>(found->second);
    if (lamp == nullptr)
        return;
    for (int &light : lamp->light)
        light = percent;
}
