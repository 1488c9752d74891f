import java.lang.reflect.*;
import java.sql.*;
import java.util.*;
import java.util.regex.*;

class Test {
    /** A database of two orders of Ada, which keeps the statements that it is sent. */
    static class Database {
        final List<String> statements = new ArrayList<>();
        static final String[] TITLES = {"Sketch of an Engine", "Notes"};

        Connection connection() {
            return proxy(Connection.class, (method, args) -> switch (method) {
                case "createStatement" -> statement(Statement.class, null);
                case "prepareStatement", "prepareCall", "nativeSQL" -> statement(PreparedStatement.class, (String) args[0]);
                default -> NOTHING;
            });
        }

        <S> S statement(Class<S> type, String prepared) {
            List<Object> values = new ArrayList<>();
            ResultSet[] last = new ResultSet[1];
            if (prepared != null) statements.add(prepared);
            return proxy(type, (method, args) -> {
                switch (method) {
                    case "setString", "setObject", "setNString":
                        values.add(args[1]);
                        return NOTHING;
                    case "executeQuery", "execute":
                        String sql = prepared;
                        if (args != null && args.length > 0) statements.add(sql = (String) args[0]);
                        last[0] = rows(sql, values);
                        return method.equals("execute") ? (Object) true : last[0];
                    case "getResultSet":
                        return last[0];
                    default:
                        return NOTHING;
                }
            });
        }

        ResultSet rows(String sql, List<Object> values) {
            Matcher literal = Pattern.compile("'((?:[^']|'')*)'").matcher(sql);
            Object customer = !values.isEmpty() ? values.get(0) : literal.find() ? literal.group(1) : "";
            boolean like = String.valueOf(customer).replace("%", "").equals("Ada");
            int[] at = {-1};
            return proxy(ResultSet.class, (method, args) -> switch (method) {
                case "next" -> like && ++at[0] < TITLES.length;
                case "getString", "getObject", "getNString" -> TITLES[at[0]];
                default -> NOTHING;
            });
        }
    }

    static final Object NOTHING = new Object();

    interface Answer {
        Object to(String method, Object[] args) throws Throwable;
    }

    @SuppressWarnings("unchecked")
    static <T> T proxy(Class<T> type, Answer answer) {
        return (T) Proxy.newProxyInstance(Test.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            Object result = answer.to(method.getName(), args);
            if (result != NOTHING) return result;
            Class<?> wanted = method.getReturnType();
            if (wanted == boolean.class) return false;
            if (wanted == int.class) return 0;
            if (wanted == long.class) return 0L;
            return null;
        });
    }

    static void functionalListsTheTitles(Case t) throws Exception {
        List<String> titles = new Orders(new Database().connection()).titles("Ada");
        t.check(List.of(Database.TITLES).equals(titles), "got " + titles);
    }

    static void functionalListsNothing(Case t) throws Exception {
        List<String> titles = new Orders(new Database().connection()).titles("Nobody");
        t.check(titles == null || titles.isEmpty(), "got " + titles);
    }

    static void attack(Case t, String customer) {
        Database database = new Database();
        t.attempt(() -> new Orders(database.connection()).titles(customer));
        for (String sql : database.statements) {
            if (sql != null && sql.contains(customer)) t.exploited("the name became part of the statement " + sql);
        }
    }

    static void exploitConditionThatIsAlwaysTrue(Case t) {
        attack(t, "x' OR 'a'='a");
    }

    static void exploitSecondQuery(Case t) {
        attack(t, "x' UNION SELECT password FROM users --");
    }
}
