        return Pattern.matches("([a-z0-9]+-?)*[a-z0-9]+", text);
    }
