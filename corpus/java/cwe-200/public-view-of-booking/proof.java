import java.util.List;

class Test {
    static String plan() {
        return Coach.seatPlan(List.of(new Coach.Booking("Ada", 3, "P1234567", "555-17"), new Coach.Booking("Bo", 4, "P7654321", "555-18")));
    }

    static void functionalShowsSeats(Case t) {
        String[] lines = plan().split("\n");
        t.check(lines.length == 2 && lines[0].contains("Ada") && lines[0].endsWith("(window)") && lines[1].endsWith("(aisle)"), plan());
    }

    static void exploitOtherFields(Case t) {
        if (plan().contains("P1234567") || plan().contains("555-17")) t.exploited("the passports of all are shown: " + plan());
    }
}
