package jakarta.servlet.http;

import java.io.IOException;

/** As much of the class as the entries use. */
public abstract class HttpServlet {
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {}

    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {}
}
