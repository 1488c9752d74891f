        Path file = folder.resolve(name);
        return Files.readString(file, StandardCharsets.UTF_8);
    }
