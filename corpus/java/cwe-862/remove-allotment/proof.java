import java.security.Principal;

class Test {
    static void functionalGivesUp(Case t) {
        Allotments allotments = new Allotments();
        allotments.let(4, "ada");
        allotments.let(5, "bo");
        Principal ada = () -> "ada";
        t.check(allotments.giveUp(ada, 4) == 1, "one is left");
        t.attempt(() -> allotments.giveUp(ada, 9));
        t.check(t.error != null, "no such allotment");
    }

    static void exploitAnothersNumber(Case t) {
        Allotments allotments = new Allotments();
        allotments.let(5, "bo");
        Integer left = t.attempt(() -> allotments.giveUp(() -> "ada", 5));
        if (left != null && left == 0) t.exploited("a member gave up the allotment of another");
    }
}
