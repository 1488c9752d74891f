import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

public class Concerts {
    public record Concert(String band, String hall, LocalDate day) {}

    public static String list(List<Concert> concerts) {
        StringBuilder html = new StringBuilder("<ol class=\"concerts\">\n");
        for (Concert c : concerts.stream().sorted(Comparator.comparing(Concert::day)).toList()) {
            html.append("<li data-day=\"").append(c.day()).append("\">")
                    .append(c.band())
                    .append(", ").append(c.hall())
                    .append("</li>\n");
        }
        return html.append("</ol>\n").toString();
    }
}
