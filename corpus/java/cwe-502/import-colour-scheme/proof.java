import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class Test {
    static Map<String, Integer> read(String file) throws Exception {
        return ColourScheme.read(new ByteArrayInputStream(file.getBytes()));
    }

    /** A file of XMLDecoder's, with a map of these entries and a call before them. */
    static String xml(String call, String... entries) {
        StringBuilder file = new StringBuilder("<java class='java.beans.XMLDecoder'><object class='java.util.HashMap'>" + call);
        for (int i = 0; i < entries.length; i += 2) {
            file.append("<void method='put'><string>%s</string><string>%s</string></void>".formatted(entries[i], entries[i + 1]));
        }
        return file + "</object></java>";
    }

    static void functionalReadsAScheme(Case t) throws Exception {
        Map<String, Integer> colours;
        try {
            // the program decides which of the two forms it reads
            colours = read("text = 0x102030\npaper = 0xfffff0\n");
            if (colours.isEmpty()) throw new IllegalArgumentException("no colours");
        } catch (Exception other) {
            colours = read(xml("", "text", "0x102030", "paper", "0xfffff0"));
        }
        t.check(colours.equals(Map.of("text", 0x102030, "paper", 0xfffff0)), colours.toString());
    }

    static void exploitACallInTheFile(Case t) {
        Path pwned = t.dir.resolve("pwned");
        t.attempt(() -> read(xml("<void method='put'><string>paper</string><object class='java.io.FileOutputStream'><string>" + pwned + "</string></object></void>")));
        if (Files.exists(pwned)) t.exploited("an object that the file names was made, and it made a file");
    }
}
