        String sql = "SELECT title FROM orders WHERE customer = ?";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, customer);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    titles.add(rows.getString("title"));
                }
            }
        }
        return titles;
    }
