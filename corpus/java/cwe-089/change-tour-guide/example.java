import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

public class Tours {
    private final DataSource database;

    public Tours(DataSource database) {
        this.database = database;
    }

    public boolean changeGuide(String tour, String guide) throws SQLException {
        // both strings are sent apart from the statement
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("UPDATE tours SET guide = ? WHERE code = ?")) {
            update.setString(1, guide);
            update.setString(2, tour);
            return update.executeUpdate() == 1;
        }
    }
}
