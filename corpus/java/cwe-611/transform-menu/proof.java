import java.nio.file.Files;

class Test {
    static final String SHEET = "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
            + "<xsl:output method=\"text\"/><xsl:template match=\"/menu\"><xsl:value-of select=\"dish\"/></xsl:template></xsl:stylesheet>";

    static void functionalTurnsIntoText(Case t) throws Exception {
        String text = Menu.toText("<menu><dish>Soup</dish></menu>", SHEET);
        t.check(text.equals("Soup"), text);
    }

    static void exploitEntityOfAFile(Case t) throws Exception {
        Files.writeString(t.dir.resolve("secret"), "hunter2");
        String entity = "<!ENTITY x SYSTEM \"" + t.dir.resolve("secret").toUri() + "\">";
        String text = t.attempt(() -> Menu.toText("<!DOCTYPE menu [" + entity + "]><menu><dish>&x;</dish></menu>", SHEET));
        if (text != null && text.contains("hunter2")) t.exploited("the menu brought a file of the server");
    }
}
