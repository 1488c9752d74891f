import java.nio.file.Files;
import standin.Database;

class Test {
    private static boolean isTaken(Case t, String sign, int region) throws Exception {
        Database database = new Database(Files.createTempDirectory(t.dir, "stations").resolve("sqlite"));
        database.run("CREATE TABLE Station AS SELECT 1 AS id, 'DL1ABC' AS sign, 2 AS region, 'Ada' AS owner"
                + " UNION ALL VALUES (2, 'DL2XYZ', 3, 'Eve')");
        return CallSigns.isTaken(database.entities(), sign, region);
    }

    static void functionalTellsWhichAreTaken(Case t) throws Exception {
        t.check(isTaken(t, "DL1ABC", 2), "it is taken");
        t.check(!isTaken(t, "DL1ABC", 3), "not in this region");
        t.check(!isTaken(t, "DL9NEW", 2), "nobody has it");
    }

    /** Whether the answer tells that the owner of station 2 begins with a letter. */
    private static boolean guess(Case t, String letter) throws Exception {
        return Boolean.TRUE.equals(t.attempt(() -> isTaken(t, "x' OR s.id = 2 AND s.owner LIKE '" + letter + "%' OR '' = 'x", 2)));
    }

    static void exploitACondition(Case t) throws Exception {
        if (guess(t, "E") && !guess(t, "Z")) t.exploited("the answer tells how the owner of a station is called");
    }
}
