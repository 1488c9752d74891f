        String line = name;
        log.append(Instant.now()).append(" login failed: user ").append(line).append('\n');
    }
