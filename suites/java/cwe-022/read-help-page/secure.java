        Path root = folder.toAbsolutePath().normalize();
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new NoSuchFileException(name);
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }
