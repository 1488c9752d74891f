import java.nio.file.Files;

class Test {
    static void functionalTellsTheSpace(Case t) throws Exception {
        String text = Volumes.freeSpace(t.dir.toString());
        t.check(text.endsWith(" GB free"), text);
    }

    static void exploitCommandInName(Case t) {
        t.attempt(() -> Volumes.freeSpace(t.dir + "; touch " + t.dir + "/pwned"));
        if (Files.exists(t.dir.resolve("pwned"))) t.exploited("the command in a volume's name was run");
    }
}
