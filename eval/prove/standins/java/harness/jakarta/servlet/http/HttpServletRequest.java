package jakarta.servlet.http;

/** As much of the interface as the entries use. */
public interface HttpServletRequest {
    String getParameter(String name);

    HttpSession getSession();
}
