package jakarta.servlet.http;

import java.io.IOException;
import java.io.PrintWriter;

/** As much of the interface as the entries use. */
public interface HttpServletResponse {
    int SC_FORBIDDEN = 403;
    int SC_NOT_FOUND = 404;

    void setContentType(String type);

    void setHeader(String name, String value);

    void setStatus(int status);

    void sendError(int status) throws IOException;

    void sendRedirect(String location) throws IOException;

    PrintWriter getWriter() throws IOException;
}
