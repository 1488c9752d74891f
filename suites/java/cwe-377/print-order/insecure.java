        File file = File.createTempFile("order", ".txt");
        Files.writeString(file.toPath(), order.text(), StandardCharsets.UTF_8);
        return file;
    }
