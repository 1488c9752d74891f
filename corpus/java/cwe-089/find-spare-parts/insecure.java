import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

public class SpareParts {
    public static Map<String, Integer> find(Connection connection, String word, int least) throws SQLException {
        Map<String, Integer> found = new LinkedHashMap<>();
        String sql = "SELECT name, pieces FROM parts WHERE name LIKE '%" + word + "%' AND pieces >= " + least;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString("name"), rows.getInt("pieces"));
                }
            }
        }
        return found;
    }
}
