        return (Exporter) Class.forName(name).getDeclaredConstructor().newInstance();
    }
