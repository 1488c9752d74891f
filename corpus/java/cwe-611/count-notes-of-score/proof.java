import java.nio.file.Files;
import java.nio.file.Path;

class Test {
    static int notes(Case t, String score, StringBuilder title) throws Exception {
        Path file = Files.writeString(t.dir.resolve("score.xml"), score);
        return Score.notes(file.toFile(), title);
    }

    static void functionalCountsNotes(Case t) throws Exception {
        StringBuilder title = new StringBuilder();
        t.check(notes(t, "<score>Fugue<note/><note/></score>", title) == 2 && title.toString().equals("Fugue"), title.toString());
    }

    static void exploitEntityOfAFile(Case t) throws Exception {
        Files.writeString(t.dir.resolve("secret"), "hunter2");
        StringBuilder title = new StringBuilder();
        String entity = "<!ENTITY x SYSTEM \"" + t.dir.resolve("secret").toUri() + "\">";
        t.attempt(() -> notes(t, "<!DOCTYPE score [" + entity + "]><score>&x;</score>", title));
        if (title.toString().contains("hunter2")) t.exploited("the document brought a file of the server");
    }
}
