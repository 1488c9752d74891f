import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.List;

class Test {
    static List<String> stations(String gpx) throws Exception {
        return Tour.stations(new ByteArrayInputStream(gpx.getBytes()));
    }

    static void functionalReadsStations(Case t) throws Exception {
        List<String> names = stations("<gpx><wpt><name>Hut</name></wpt><wpt><name>Lake</name></wpt></gpx>");
        t.check(names.equals(List.of("Hut", "Lake")), names.toString());
    }

    static void exploitEntityOfAFile(Case t) throws Exception {
        Files.writeString(t.dir.resolve("secret"), "hunter2");
        String gpx = "<!DOCTYPE gpx [<!ENTITY x SYSTEM \"" + t.dir.resolve("secret").toUri() + "\">]><gpx><name>&x;</name></gpx>";
        List<String> names = t.attempt(() -> stations(gpx));
        if (names != null && names.toString().contains("hunter2")) t.exploited("the document brought a file of the server");
    }
}
