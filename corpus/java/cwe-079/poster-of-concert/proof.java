import java.time.LocalDate;
import java.util.List;

class Test {
    static String list(String band) {
        return Concerts.list(List.of(new Concerts.Concert(band, "Town Hall", LocalDate.of(2026, 3, 14))));
    }

    static void functionalListsConcerts(Case t) {
        t.check(list("The Larks").contains("<li data-day=\"2026-03-14\">The Larks, Town Hall</li>"), list("The Larks"));
    }

    static void exploitTagInName(Case t) {
        if (list("<script>alert(1)</script>").contains("<script")) t.exploited("the page has the band's script");
    }
}
