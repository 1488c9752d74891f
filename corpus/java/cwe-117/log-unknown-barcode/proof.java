import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class Test {
    static String logged(String barcode) {
        StringBuilder lines = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.append(record.getMessage()).append('\n');
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("till");
        log.addHandler(handler);
        new Till(Map.of("4001", 129)).scan(barcode);
        log.removeHandler(handler);
        return lines.toString();
    }

    static void functionalScans(Case t) {
        t.check(new Till(Map.of("4001", 129)).scan("4001") == 129, "the price");
        t.check(logged("4002").contains("4002"), logged("4002"));
    }

    static void exploitLineBreak(Case t) {
        if (logged("x\nWARNING: the till was opened").contains("\nWARNING")) t.exploited("the barcode wrote a line of the log");
    }
}
