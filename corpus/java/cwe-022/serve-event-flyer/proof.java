import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

class Test {
    /** What the server answers: the body, or "status N". The program's folder is that of the virtual machine. */
    private static String ask(String address) throws Exception {
        Files.createDirectories(Path.of("flyers"));
        Files.writeString(Path.of("flyers/may-dance.pdf"), "%PDF dance");
        Files.writeString(Path.of("guests.pdf"), "%PDF everybody's address");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/flyers/", new FlyerHandler()::handle);
        server.start();
        try {
            URL url = new URL("http://127.0.0.1:" + server.getAddress().getPort() + address);
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            if (connection.getResponseCode() != 200) return "status " + connection.getResponseCode();
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes());
            }
        } finally {
            server.stop(0);
        }
    }

    static void functionalServesAFlyer(Case t) throws Exception {
        t.check(ask("/flyers/may-dance").equals("%PDF dance"), "a flyer");
        t.check(ask("/flyers/june-dance").equals("status 404"), "no such flyer");
    }

    static void exploitDotsInTheName(Case t) throws Exception {
        if (ask("/flyers/%2e%2e/guests").contains("address")) t.exploited("a file beside the folder was served");
    }

    static void exploitAFolderInTheName(Case t) throws Exception {
        String folder = Path.of("").toAbsolutePath().toString();
        if (ask("/flyers/../flyers/.." + folder.replaceAll("[^/]+", "..") + folder + "/guests").contains("address")) t.exploited("a file beside the folder was served");
    }
}
