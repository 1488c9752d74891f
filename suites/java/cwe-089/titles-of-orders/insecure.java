        String sql = "SELECT title FROM orders WHERE customer = '" + customer + "'";
        try (Statement statement = database.createStatement()) {
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    titles.add(rows.getString("title"));
                }
            }
        }
        return titles;
    }
