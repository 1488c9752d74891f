        return price * number <= coins;
    }
