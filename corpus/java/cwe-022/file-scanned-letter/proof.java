import java.nio.file.Files;
import java.nio.file.Path;

class Test {
    static Path file(Case t, String matter) throws Exception {
        Path scan = Files.writeString(t.dir.resolve("letter.tif"), "Dear Sir");
        return Cabinet.file(Files.createDirectories(t.dir.resolve("cabinet")), scan, matter);
    }

    static void functionalFilesALetter(Case t) throws Exception {
        Path filed = file(t, "miller/2031-17");
        t.check(filed.endsWith("cabinet/miller/2031-17/letter.tif"), filed.toString());
        t.check(Files.readString(filed).equals("Dear Sir"), "the letter");
        t.check(!Files.exists(t.dir.resolve("letter.tif")), "it is still where it was");
    }

    static void exploitMatterWithDots(Case t) {
        t.attempt(() -> file(t, "miller/../../website"));
        if (Files.exists(t.dir.resolve("website/letter.tif"))) t.exploited("a folder beside the cabinet has the letter");
    }

    static void exploitAbsoluteMatter(Case t) {
        t.attempt(() -> file(t, t.dir + "/website"));
        if (Files.exists(t.dir.resolve("website/letter.tif"))) t.exploited("an absolute matter left the cabinet");
    }

    static void exploitAFolderThatBeginsAlike(Case t) {
        t.attempt(() -> file(t, "../cabinet-public"));
        if (Files.exists(t.dir.resolve("cabinet-public/letter.tif"))) t.exploited("a folder beside the cabinet has the letter");
    }
}
