        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "sort -u -- " + file + " | wc -l");
        Process process = builder.start();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            int count = Integer.parseInt(reader.readLine().trim());
            process.waitFor();
            return count;
        }
    }
