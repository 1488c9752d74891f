    const fs::path name = fs::path(attachment.name).filename();
    if (name.empty() || name == "." || name == "..")
        return false;
    std::ofstream file(folder / name, std::ios::binary);
    file << attachment.content;
    file.close();
    return !file.fail();
}
