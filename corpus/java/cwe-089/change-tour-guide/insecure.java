import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

public class Tours {
    private final DataSource database;

    public Tours(DataSource database) {
        this.database = database;
    }

    public boolean changeGuide(String tour, String guide) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement update = connection.createStatement()) {
            return update.executeUpdate("UPDATE tours SET guide = '" + guide + "' WHERE code = '" + tour + "'") == 1;
        }
    }
}
