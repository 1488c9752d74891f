import java.sql.SQLException;
import java.util.*;

class Test {
    static void functionalReturnsTheActionsPage(Case t) {
        String page = Site.answer(p -> "hello " + p.get("name"), Map.of("name", "Ada"));
        t.check("hello Ada".equals(page), "the page is " + page);
    }

    static void functionalReturnsAPageForAnError(Case t) {
        String page = Site.answer(p -> {
            throw new IllegalStateException("closed");
        }, Map.of());
        t.check(page != null && !page.isBlank(), "there is no page");
    }

    static void attack(Case t, Exception e) {
        String page = t.attempt(() -> Site.answer(p -> {
            throw e;
        }, Map.of()));
        if (page == null) return;
        if (page.contains("s3cr3t")) t.exploited("the page shows the message of the exception: " + page);
        if (page.contains("Test.java") || page.contains("\tat ")) t.exploited("the page shows the stack of the exception");
    }

    static void exploitMessageWithAPassword(Case t) {
        attack(t, new SQLException("connection to db7.intern refused for shop:s3cr3t"));
    }

    static void exploitPasswordInTheCause(Case t) {
        attack(t, new RuntimeException("no answer", new SQLException("connection to db7.intern refused for shop:s3cr3t")));
    }
}
