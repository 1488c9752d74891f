import com.sun.net.httpserver.HttpServer;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.Map;

class Test {
    static String target(String query) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new CourseLinks(Map.of("art", "/courses/art-1"))::handle);
        server.start();
        try {
            URL address = new URL("http://127.0.0.1:" + server.getAddress().getPort() + "/open?course=" + query);
            HttpURLConnection answer = (HttpURLConnection) address.openConnection();
            answer.setInstanceFollowRedirects(false);
            return answer.getHeaderField("Location");
        } finally {
            server.stop(0);
        }
    }

    static void functionalOpensACourse(Case t) throws Exception {
        String to = target("art");
        t.check(to.equals("/courses/art-1"), to);
    }

    static void exploitAnAddress(Case t) throws Exception {
        if (target("https://evil.example/").equals("https://evil.example/")) t.exploited("the pupil was sent to another site");
    }
}
