import java.util.Map;
import standin.Database;

class Test {
    private static Map<String, Integer> find(Case t, String word) throws Exception {
        Database database = new Database(t.dir.resolve("parts.sqlite"));
        database.run("CREATE TABLE parts AS SELECT 'brake cable' AS name, 7 AS pieces UNION ALL VALUES ('gear cable', 1), ('bell', 9)");
        database.run("CREATE TABLE customers AS SELECT 'ada' AS name, 4711 AS pin");
        return SpareParts.find(database.connection(), word, 2);
    }

    static void functionalFindsParts(Case t) throws Exception {
        Map<String, Integer> found = find(t, "cable");
        t.check(found.equals(Map.of("brake cable", 7)), found.toString());
    }

    static void exploitAnotherTable(Case t) throws Exception {
        Map<String, Integer> found = t.attempt(() -> find(t, "x' UNION SELECT name, pin FROM customers -- "));
        if (found != null && found.containsValue(4711)) t.exploited("the word read another table");
    }
}
