        Path file = Files.createTempFile("order", ".txt");
        Files.writeString(file, order.text(), StandardCharsets.UTF_8);
        return file.toFile();
    }
