class Test {
    static void functionalLogsTheName(Case t) {
        Audit audit = new Audit();
        audit.loggedIn(7);
        audit.loginFailed("ada");
        String[] lines = audit.text().split("\n");
        t.check(lines.length == 2 && lines[1].contains("ada"), "the log is " + audit.text());
    }

    static void attack(Case t, String name) {
        Audit audit = new Audit();
        t.attempt(() -> audit.loginFailed(name));
        for (String line : audit.text().split("[\r\n]")) {
            if (line.startsWith("1999-")) {
                if (line.contains("login ok")) t.exploited("the log has the line: " + line);
            }
        }
    }

    static void exploitLineFeedInTheName(Case t) {
        attack(t, "bob\n1999-01-01T00:00:00Z login ok: user 1");
    }

    static void exploitCarriageReturnInTheName(Case t) {
        attack(t, "bob\r\n1999-01-01T00:00:00Z login ok: user 1");
    }
}
