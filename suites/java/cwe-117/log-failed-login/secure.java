        String line = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        log.append(Instant.now()).append(" login failed: user ").append(line).append('\n');
    }
