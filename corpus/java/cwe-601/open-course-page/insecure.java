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
        exchange.getResponseHeaders().set("Location", pages.getOrDefault(course, course));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }
}
