package jakarta.servlet.http;

/** As much of the interface as the entries use. */
public interface HttpSession {
    Object getAttribute(String name);
}
