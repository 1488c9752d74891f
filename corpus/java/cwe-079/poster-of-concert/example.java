import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

public class Concerts {
    public record Concert(String band, String hall, LocalDate day) {}

    public static String list(List<Concert> concerts) {
        StringBuilder html = new StringBuilder("<ol class=\"concerts\">\n");
        for (Concert c : concerts.stream().sorted(Comparator.comparing(Concert::day)).toList()) {
            html.append("<li data-day=\"").append(c.day()).append("\">")
                    // bands enter their names themselves; & first, or it would be replaced twice
                    .append(c.band().replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"))
                    .append(", ").append(c.hall().replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"))
                    .append("</li>\n");
        }
        return html.append("</ol>\n").toString();
    }
}
