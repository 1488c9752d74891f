        return (long) price * number <= coins;
    }
