        switch (name) {
            case "Reports$CsvExporter":
                return new CsvExporter();
            case "Reports$TabExporter":
                return new TabExporter();
            case "Reports$PipeExporter":
                return new PipeExporter();
            default:
                throw new IllegalArgumentException("there is no exporter " + name);
        }
    }
