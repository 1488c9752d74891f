import java.nio.file.Files;
import java.util.List;
import standin.Database;

class Test {
    /** The amounts, in the order that they come in. */
    private static String amounts(Case t, String branch, String order) throws Exception {
        Database database = new Database(Files.createTempDirectory(t.dir, "sales").resolve("sqlite"));
        database.run("CREATE TABLE Sale AS SELECT '2031-05-04' AS day, 300 AS amount, 'ada' AS cashier, 'north' AS branch"
                + " UNION ALL VALUES ('2031-05-03', 400, 'bob', 'north'), ('2031-05-02', 999, 'eve', 'south')");
        List<Object[]> sales = t.attempt(() -> new SalesReport(database.entities()).sales(branch, order));
        return sales == null ? "none" : String.join(",", sales.stream().map(row -> row[1].toString()).toList());
    }

    static void functionalReadsTheSales(Case t) throws Exception {
        String amounts = amounts(t, "north", "day");
        t.check(amounts.equals("400,300"), amounts);
    }

    static void functionalOrdersByAmount(Case t) throws Exception {
        String amounts = amounts(t, "north", "AMOUNT");
        t.check(amounts.equals("300,400"), amounts);
    }

    static void exploitAConditionInTheBranch(Case t) throws Exception {
        if (amounts(t, "x' OR 'a' = 'a", "day").contains("999")) t.exploited("the sales of another branch were read");
    }

    /** The order by which a guess at the cashier of another branch is told from a wrong one. */
    private static String guess(Case t, String letter) throws Exception {
        return amounts(t, "north", "amount * CASE WHEN (SELECT x.cashier FROM Sale x WHERE x.branch = 'south') LIKE '" + letter + "%' THEN 1 ELSE -1 END");
    }

    static void exploitAnotherQueryInTheOrder(Case t) throws Exception {
        String right = guess(t, "e"), wrong = guess(t, "z");
        if (right.equals("300,400") && wrong.equals("400,300")) t.exploited("the order tells how the cashier of another branch is called");
    }
}
