class Test {
    static void functionalMakesTheFilter(Case t) {
        String filter = Directory.filter("sales", "ada");
        t.check("(&(objectClass=person)(department=sales)(uid=ada))".equals(filter), "got " + filter);
    }

    static void functionalKeepsPlainSigns(Case t) {
        String filter = Directory.filter("research and development", "j.smith-2");
        t.check("(&(objectClass=person)(department=research and development)(uid=j.smith-2))".equals(filter), "got " + filter);
    }

    static void attack(Case t, String department, String uid) {
        String filter = t.attempt(() -> Directory.filter(department, uid));
        if (filter == null) return;
        int open = filter.length() - filter.replace("(", "").length();
        if (filter.contains("*")) t.exploited("the filter fits anybody: " + filter);
        if (open > 4) t.exploited("the filter has a condition of the attacker's: " + filter);
    }

    static void exploitStarForTheName(Case t) {
        attack(t, "sales", "*");
    }

    static void exploitConditionInTheName(Case t) {
        attack(t, "sales", "ada)(|(uid=bob)");
    }

    static void exploitConditionInTheDepartment(Case t) {
        attack(t, "sales)(uid=*", "ada");
    }
}
