    const auto found = drawing.find(name);
    if (found == drawing.end())
        return 0;
    const auto *circle = dynamic_cast<const Circle *>(found->second.get());
    return circle != nullptr ? circle->radius : 0;
}
