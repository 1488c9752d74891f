        StringBuilder filter = new StringBuilder("(&(objectClass=person)");
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("department", department);
        parts.put("uid", uid);
        for (Map.Entry<String, String> part : parts.entrySet()) {
            filter.append('(').append(part.getKey()).append('=');
            for (char c : part.getValue().toCharArray()) {
                if ("*()\\\0".indexOf(c) >= 0) {
                    filter.append(String.format("\\%02x", (int) c));
                } else {
                    filter.append(c);
                }
            }
            filter.append(')');
        }
        return filter.append(')').toString();
    }
