    const fs::path name = attachment.name;
    std::ofstream file(folder / name, std::ios::binary);
    file << attachment.content;
    file.close();
    return !file.fail();
}
