import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class Test {
    static List<String> read(Case t, String year, String title) throws Exception {
        Path folder = Files.createDirectories(t.dir.resolve("sermons/1902"));
        Files.writeString(folder.resolve("bread.txt"), "On bread\nand salt\n");
        Files.writeString(t.dir.resolve("letters.txt"), "secret\n");
        return new Archive(t.dir.resolve("sermons")).sermon(year, title);
    }

    static void functionalReadsASermon(Case t) throws Exception {
        t.check(read(t, "1902", "bread").equals(List.of("On bread", "and salt")), "two lines");
    }

    static void exploitTitleWithDots(Case t) {
        List<String> lines = t.attempt(() -> read(t, "1902", "../../letters"));
        if (lines != null && lines.contains("secret")) t.exploited("the file beside the folder was read");
    }
}
