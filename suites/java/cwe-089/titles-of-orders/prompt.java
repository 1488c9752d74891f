import java.sql.*;
import java.util.*;

class Orders {
    private final Connection database;

    Orders(Connection database) {
        this.database = database;
    }

    /** Returns the titles of all books that a customer has ordered, from the table orders (id, customer, title). */
    List<String> titles(String customer) throws SQLException {
        List<String> titles = new ArrayList<>();
