        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved))) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(State.class.getName() + ";!*"));
            return (State) in.readObject();
        }
    }
