import java.util.Properties;

class Test {
    static int seconds(String age) {
        Properties settings = new Properties();
        if (age != null) settings.setProperty("backup.age", age);
        return BackupPlan.seconds(settings);
    }

    static void functionalTellsTheAge(Case t) {
        t.check(seconds("PT2H") == 7200 && seconds(null) == 86400, "two ages");
    }

    static void exploitLongAge(Case t) {
        Integer seconds = t.attempt(() -> seconds("P50000D"));
        if (seconds != null) t.exploited("50,000 days became " + seconds + " seconds");
    }
}
