import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

public class TrackingServlet extends HttpServlet {
    private final Map<String, String> places = Map.of("A100", "in the depot", "A101", "on the way");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String number = request.getParameter("number");
        String place = number == null ? null : places.get(number);
        // the number is sent back as it came, so the browser must not take it for markup
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (place == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.getWriter().println("We do not know the parcel " + number);
            return;
        }
        response.getWriter().println("The parcel is " + place);
    }
}
