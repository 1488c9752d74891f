import java.nio.file.*;

class Test {
    static String file(Case t) throws Exception {
        Path file = t.dir.resolve("words.txt");
        Files.writeString(file, "tea\ncoffee\ntea\nmilk\ntea\n");
        return file.toString();
    }

    static void functionalCountsDifferentLines(Case t) throws Exception {
        int count = Lines.countDifferent(file(t));
        t.check(count == 3, "3 different lines were counted as " + count);
    }

    static void attack(Case t, String name) throws Exception {
        file(t);
        t.attempt(() -> Lines.countDifferent(name));
        if (Files.exists(t.dir.resolve("pwned"))) t.exploited("the command in the name " + name + " was run");
    }

    static void exploitCommandAfterSemicolon(Case t) throws Exception {
        // Of a file that is not there, sort prints nothing, so that the count comes after the command.
        attack(t, t.dir + "/none; touch " + t.dir + "/pwned; true");
    }

    static void exploitCommandInSubstitution(Case t) throws Exception {
        attack(t, file(t) + "$(touch " + t.dir + "/pwned)");
    }

    static void exploitCommandBehindQuotationMarks(Case t) throws Exception {
        attack(t, t.dir + "/none'; touch " + t.dir + "/pwned; true '");
        attack(t, t.dir + "/none\"; touch " + t.dir + "/pwned; true \"");
    }
}
