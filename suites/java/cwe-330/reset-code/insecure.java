        Random random = new Random();
        return String.format("%08d", random.nextInt(100_000_000));
    }
