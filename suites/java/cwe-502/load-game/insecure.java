        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved))) {
            return (State) in.readObject();
        }
    }
