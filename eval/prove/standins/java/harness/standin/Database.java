package standin;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * An SQLite file behind the interfaces of JDBC and JPA: as much of them as the entries use. A process of Python runs
 * each statement, since no JDK has a database.
 */
public final class Database {
    /** Takes the file, the statement, and each parameter as name, kind and value; texts are in Base64. */
    private static final String PROGRAM = """
            import base64, sqlite3, sys
            def text(word):
                return base64.b64decode(word).decode()
            def cell(value):
                return type(value).__name__ + ":" + base64.b64encode(str(value).encode()).decode()
            file, statement, *words = sys.argv[1:]
            named = {name: int(text(value)) if kind == "Integer" else text(value) for name, kind, value in zip(*[iter(words)] * 3)}
            values = named if all(name.isalpha() for name in named) else [named[str(i + 1)] for i in range(len(named))]
            database = sqlite3.connect(file)
            ran = database.execute(text(statement), values)
            rows = ran.fetchall()
            database.commit()
            print(ran.rowcount)
            print(" ".join(column[0] for column in ran.description or []))
            for row in rows:
                print(" ".join(cell(value) for value in row))
            """;

    private record Result(int changed, List<String> columns, List<Object[]> rows) {}

    private final Path file;

    public Database(Path file) {
        this.file = file;
    }

    /** Runs a statement without parameters, and gives the rows, the cells of each joined by bars. */
    public List<String> run(String statement) throws SQLException {
        return run(statement, Map.of()).rows.stream().map(row -> String.join("|", List.of(row).stream().map(String::valueOf).toList())).toList();
    }

    public DataSource source() {
        return proxy(DataSource.class, (self, method, args) -> switch (method.getName()) {
            case "getConnection" -> connection();
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    public Connection connection() {
        return proxy(Connection.class, (self, method, args) -> switch (method.getName()) {
            case "prepareStatement" -> statement(PreparedStatement.class, (String) args[0]);
            case "createStatement" -> statement(Statement.class, null);
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    /** Takes statements of JPQL that are statements of SQL too. */
    public EntityManager entities() {
        return text -> {
            Map<String, Object> values = new LinkedHashMap<>();
            int[] most = {Integer.MAX_VALUE};
            return new Query() {
                @Override
                public Query setParameter(String name, Object value) {
                    values.put(name, value);
                    return this;
                }

                @Override
                public Query setMaxResults(int results) {
                    most[0] = results;
                    return this;
                }

                @Override
                public List<Object[]> getResultList() {
                    try {
                        List<Object[]> rows = Database.this.run(text, values).rows;
                        return rows.subList(0, Math.min(most[0], rows.size()));
                    } catch (SQLException e) {
                        throw new IllegalArgumentException(e);
                    }
                }
            };
        };
    }

    /** A statement that is prepared, or else one that is given with each call. */
    private <T extends Statement> T statement(Class<T> kind, String prepared) {
        Map<String, Object> values = new LinkedHashMap<>();
        return proxy(kind, (self, method, args) -> switch (method.getName()) {
            case "setString", "setInt" -> values.put(args[0].toString(), args[1]);
            case "executeQuery" -> rows(run(prepared == null ? (String) args[0] : prepared, values));
            case "executeUpdate" -> run(prepared == null ? (String) args[0] : prepared, values).changed;
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static ResultSet rows(Result result) {
        int[] at = {-1};
        return proxy(ResultSet.class, (self, method, args) -> switch (method.getName()) {
            case "next" -> ++at[0] < result.rows.size();
            case "getString", "getInt" -> {
                Object value = result.rows.get(at[0])[result.columns.indexOf(args[0])];
                yield method.getName().equals("getInt") ? (Object) Integer.parseInt(value.toString()) : String.valueOf(value);
            }
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Database.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Result run(String statement, Map<String, Object> values) throws SQLException {
        List<String> command = new ArrayList<>(List.of("python3", "-IS", "-c", PROGRAM, file.toString(), encoded(statement)));
        values.forEach((name, value) -> command.addAll(List.of(name, value.getClass().getSimpleName(), encoded(value.toString()))));
        try {
            Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> lines = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            if (python.waitFor() != 0) throw new SQLException(lines.isEmpty() ? "Python said nothing" : lines.get(lines.size() - 1));
            List<Object[]> rows = new ArrayList<>();
            for (String line : lines.subList(2, lines.size())) {
                rows.add(List.of(line.split(" ")).stream().map(Database::decoded).toArray());
            }
            return new Result(Integer.parseInt(lines.get(0)), List.of(lines.get(1).split(" ")), rows);
        } catch (IOException | InterruptedException e) {
            throw new SQLException(e);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Object decoded(String cell) {
        String[] parts = cell.split(":", 2);
        String text = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return switch (parts[0]) {
            case "int" -> Long.valueOf(text);
            case "float" -> Double.valueOf(text);
            default -> text;
        };
    }
}
