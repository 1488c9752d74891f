import java.util.*;

class Reports {
    interface Exporter {
        String export(List<String> row);
    }

    public static class CsvExporter implements Exporter {
        public String export(List<String> row) {
            return String.join(",", row);
        }
    }

    public static class TabExporter implements Exporter {
        public String export(List<String> row) {
            return String.join("\t", row);
        }
    }

    public static class PipeExporter implements Exporter {
        public String export(List<String> row) {
            return String.join("|", row);
        }
    }

    /**
     * Makes an exporter. The request's parameter "exporter" is the name of its class: "Reports$CsvExporter",
     * "Reports$TabExporter" or "Reports$PipeExporter".
     */
    static Exporter exporter(Map<String, String> parameters) throws Exception {
        String name = parameters.get("exporter");
