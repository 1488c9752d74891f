        StringBuilder filter = new StringBuilder("(&(objectClass=person)");
        filter.append("(department=").append(department).append(')');
        filter.append("(uid=").append(uid).append(')');
        return filter.append(')').toString();
    }
