import java.nio.file.*;

class Test {
    static Help help(Case t) throws Exception {
        Files.createDirectories(t.dir.resolve("help/tips"));
        Files.createDirectories(t.dir.resolve("help-of-admins"));
        Files.writeString(t.dir.resolve("help/printing.html"), "<h1>Printing</h1>");
        Files.writeString(t.dir.resolve("help/tips/keys.html"), "<h1>Keys</h1>");
        Files.writeString(t.dir.resolve("passwords.txt"), "the secret words");
        Files.writeString(t.dir.resolve("help-of-admins/door.html"), "the secret words");
        return new Help(t.dir.resolve("help"));
    }

    static void functionalReadsAPage(Case t) throws Exception {
        String page = help(t).page("printing.html");
        t.check(page.strip().equals("<h1>Printing</h1>"), "the page is " + page);
    }

    static void functionalReadsAPageInAFolder(Case t) throws Exception {
        String page = help(t).page("tips/keys.html");
        t.check(page.strip().equals("<h1>Keys</h1>"), "the page is " + page);
    }

    static void attack(Case t, String name) throws Exception {
        Help help = help(t);
        String page = t.attempt(() -> help.page(name));
        if (page != null && page.contains("secret words")) t.exploited("the page " + name + " is a file outside the folder");
    }

    static void exploitNameThatLeadsUp(Case t) throws Exception {
        attack(t, "../passwords.txt");
        attack(t, "tips/../../passwords.txt");
    }

    static void exploitAbsoluteName(Case t) throws Exception {
        attack(t, t.dir.resolve("passwords.txt").toAbsolutePath().toString());
    }

    static void exploitFolderWithALongerName(Case t) throws Exception {
        attack(t, "../help-of-admins/door.html");
    }
}
