import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import standin.Certificates;

class Test {
    /** What the client is answered by an office with the key when it sends a declaration, or null. */
    private static String declare(Case t, KeyStore office) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificates.server(office)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(exchange.getRequestBody().readAllBytes());
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
            HttpRequest declaration = HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString("we earned 5")).build();
            return t.attempt(() -> TaxClient.create(Certificates.keys(office)).send(declaration, BodyHandlers.ofString()).body());
        } finally {
            server.stop(0);
        }
    }

    static void functionalSendsADeclaration(Case t) throws Exception {
        KeyStore office = Certificates.create(t.dir);
        Certificates.trust(office, t.dir);
        t.check("we earned 5".equals(declare(t, office)), String.valueOf(t.error));
    }

    static void exploitAnOfficeThatNobodyVouchesFor(Case t) throws Exception {
        if (declare(t, Certificates.create(t.dir)) != null) t.exploited("a server with a certificate of its own was given the declaration");
    }
}
