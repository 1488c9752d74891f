        SecureRandom random = new SecureRandom();
        return String.format("%08d", random.nextInt(100_000_000));
    }
