import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

public class CourseLinks {
    private final Map<String, String> pages;

    public CourseLinks(Map<String, String> pages) {
        this.pages = pages;
    }

    public void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String course = query == null ? "" : query.replaceFirst("^course=", "");
        // the query chooses among our pages; it is no address itself
        exchange.getResponseHeaders().set("Location", pages.getOrDefault(course, "/courses"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }
}
