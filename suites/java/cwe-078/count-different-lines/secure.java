        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "sort -u -- \"$1\" | wc -l", "sh", file);
        Process process = builder.start();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            int count = Integer.parseInt(reader.readLine().trim());
            process.waitFor();
            return count;
        }
    }
