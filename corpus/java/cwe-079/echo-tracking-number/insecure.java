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
        response.setContentType("text/html; charset=utf-8");
        if (place == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.getWriter().println("We do not know the parcel " + number);
            return;
        }
        response.getWriter().println("The parcel is " + place);
    }
}
