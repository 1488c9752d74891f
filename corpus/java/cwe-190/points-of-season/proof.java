import java.util.List;

class Test {
    static void functionalAddsUp(Case t) {
        t.check(League.standing("Larks", List.of(3, 1, 0), 2).equals("Larks: 6 points, second division"), "six points");
    }

    static void exploitSumThatWraps(Case t) {
        String standing = t.attempt(() -> League.standing("Larks", List.of(2_000_000_000, 2_000_000_000), 0));
        if (standing != null && standing.contains(": -")) t.exploited("the sum of two large results is negative: " + standing);
    }
}
