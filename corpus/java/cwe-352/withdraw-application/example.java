import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public class WithdrawServlet extends HttpServlet {
    final Map<String, String> applications = new ConcurrentHashMap<>();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = (String) request.getSession().getAttribute("user");
        String sent = String.valueOf(request.getParameter("token"));
        String expected = (String) request.getSession().getAttribute("formToken");
        // the session comes with each request of the browser, the token only with those of our form
        if (user == null || expected == null || !MessageDigest.isEqual(sent.getBytes(), expected.getBytes())) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        applications.remove(user);
        response.sendRedirect("/applications");
    }
}
