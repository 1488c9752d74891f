import java.nio.file.*;

class Test {
    static void functionalReadsTheTitle(Case t) throws Exception {
        String title = Feeds.title("<feed><title>News &amp; views</title><entry><title>One</title></entry></feed>");
        t.check("News & views".equals(title), "the title is " + title);
    }

    static void attack(Case t, String declarations, String entity) throws Exception {
        Path secret = t.dir.resolve("secret.txt");
        Files.writeString(secret, "the secret words");
        String xml = "<!DOCTYPE feed [" + declarations.replace("FILE", secret.toUri().toString()) + "]><feed><title>" + entity + "</title></feed>";
        String title = t.attempt(() -> Feeds.title(xml));
        if (title != null && title.contains("secret words")) t.exploited("the title is the text of a file of the server");
    }

    static void exploitEntityThatNamesAFile(Case t) throws Exception {
        attack(t, "<!ENTITY x SYSTEM \"FILE\">", "&x;");
    }

    static void exploitEntityOfAPublicName(Case t) throws Exception {
        attack(t, "<!ENTITY x PUBLIC \"-//X//Y\" \"FILE\">", "&x;");
    }
}
