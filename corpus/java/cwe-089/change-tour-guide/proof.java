import standin.Database;

class Test {
    private static Database tours(Case t) throws Exception {
        Database database = new Database(t.dir.resolve("tours.sqlite"));
        database.run("CREATE TABLE tours AS SELECT 'old-town' AS code, 'Ada' AS guide UNION ALL VALUES ('harbour', 'Bob')");
        return database;
    }

    private static String guides(Database database) throws Exception {
        return String.join(",", database.run("SELECT guide FROM tours ORDER BY rowid"));
    }

    static void functionalChangesTheGuide(Case t) throws Exception {
        Database database = tours(t);
        t.check(new Tours(database.source()).changeGuide("old-town", "Eve"), "it says no");
        t.check(guides(database).equals("Eve,Bob"), guides(database));
        t.check(!new Tours(database.source()).changeGuide("moon", "Eve"), "a tour that is not there");
    }

    static void exploitACommentInTheGuide(Case t) throws Exception {
        Database database = tours(t);
        t.attempt(() -> new Tours(database.source()).changeGuide("old-town", "Mallory' -- "));
        if (guides(database).equals("Mallory,Mallory")) t.exploited("all tours have the guide");
    }

    static void exploitAConditionInTheTour(Case t) throws Exception {
        Database database = tours(t);
        t.attempt(() -> new Tours(database.source()).changeGuide("x' OR 'a' = 'a", "Mallory"));
        if (guides(database).equals("Mallory,Mallory")) t.exploited("all tours have the guide");
    }
}
