import java.util.*;

/** Stands for the classes on the server that do something when they are loaded or made. */
class Mine {
    static {
        System.setProperty("test.mine", "initialised");
    }
}

class Trap {
    Trap() {
        System.setProperty("test.mine", "made");
    }
}

class Test {
    static void functionalMakesExporters(Case t) throws Exception {
        String[][] wanted = {{"Reports$CsvExporter", "a,b"}, {"Reports$TabExporter", "a\tb"}, {"Reports$PipeExporter", "a|b"}};
        for (String[] w : wanted) {
            Reports.Exporter exporter = Reports.exporter(Map.of("exporter", w[0]));
            t.check(exporter != null && exporter.export(List.of("a", "b")).equals(w[1]), w[0] + " does not export its format");
        }
    }

    static void attack(Case t, String name) {
        System.clearProperty("test.mine");
        t.attempt(() -> Reports.exporter(Map.of("exporter", name)));
        String done = System.getProperty("test.mine");
        if (done != null) t.exploited("the class " + name + ", which is no exporter, was " + done);
    }

    static void exploitClassThatActsWhenItIsLoaded(Case t) {
        attack(t, "Mine");
    }

    static void exploitClassThatActsWhenItIsMade(Case t) {
        attack(t, "Trap");
    }
}
