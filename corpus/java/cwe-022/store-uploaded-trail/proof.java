import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

class Test {
    static long store(Case t, String name) throws Exception {
        Path folder = Files.createDirectories(t.dir.resolve("trails"));
        return new Trails(folder).store(name, new ByteArrayInputStream("<gpx/>".getBytes()));
    }

    static void functionalStoresATrack(Case t) throws Exception {
        t.check(store(t, "ridge.gpx") == 6, "six bytes");
        t.check(Files.readString(t.dir.resolve("trails/ridge.gpx")).equals("<gpx/>"), "the file");
    }

    static void exploitNameWithDots(Case t) {
        t.attempt(() -> store(t, "../pwned.gpx"));
        if (Files.exists(t.dir.resolve("pwned.gpx"))) t.exploited("a file beside the folder was written");
    }

    static void exploitAbsoluteName(Case t) {
        t.attempt(() -> store(t, t.dir + "/pwned.gpx"));
        if (Files.exists(t.dir.resolve("pwned.gpx"))) t.exploited("an absolute name was followed");
    }
}
