import java.lang.management.*;

class Test {
    static void functionalHashesAPassword(Case t) throws Exception {
        String hash = Passwords.hash("correct horse"), other = Passwords.hash("battery staple");
        t.check(hash != null && !hash.isEmpty() && !hash.contains("correct horse"), "what is stored is " + hash);
        t.check(!hash.equals(other), "another password gives the same");
    }

    static void exploitEqualPasswords(Case t) {
        String first = t.attempt(() -> Passwords.hash("correct horse")), second = t.attempt(() -> Passwords.hash("correct horse"));
        if (first != null && first.equals(second)) t.exploited("equal passwords are stored as the equal text " + first);
    }

    static void exploitPasswordsThatAreTriedOut(Case t) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 200 && best > 1_000_000; i++) {
            long before = clock.getCurrentThreadCpuTime();
            if (t.attempt(() -> Passwords.hash("correct horse")) == null) return;
            best = Math.min(best, clock.getCurrentThreadCpuTime() - before);
            if (best > 100_000_000) return;
        }
        if (best < 1_000_000) t.exploited("a password is tried out in " + best / 1000 + " microseconds");
    }
}
