import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import standin.Certificates;

class Test {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    static void functionalAsksAShop(Case t) throws Exception {
        KeyStore shop = Certificates.create(t.dir);
        Certificates.trust(shop, t.dir);
        HttpsServer server = HttpsServer.create(ANY, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificates.server(shop)));
        server.createContext("/lamps", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            int status = new Listings().status(Set.of("localhost"), "https://localhost:" + server.getAddress().getPort() + "/lamps");
            t.check(status == 204, "status " + status);
        } finally {
            server.stop(0);
        }
    }

    static void exploitAServerOfTheInnerNetwork(Case t) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(ANY, 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            t.attempt(() -> new Listings().status(Set.of("localhost", "lamps.example"), "http://127.0.0.1:" + server.getAddress().getPort() + "/admin"));
        } finally {
            server.stop(0);
        }
        if (asked.get() > 0) t.exploited("a server of the inner network was asked");
    }
}
