import com.sun.net.httpserver.HttpServer;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.concurrent.atomic.AtomicInteger;

class Test {
    /** How often the list was loaded by a request with the key; null for none. */
    static int loaded(String key) throws Exception {
        AtomicInteger loaded = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new ReloadHandler("k3y", loaded::incrementAndGet)::handle);
        server.start();
        try {
            URL address = new URL("http://127.0.0.1:" + server.getAddress().getPort() + "/reload");
            HttpURLConnection request = (HttpURLConnection) address.openConnection();
            if (key != null) request.setRequestProperty("X-Office-Key", key);
            request.getResponseCode();
        } finally {
            server.stop(0);
        }
        return loaded.get();
    }

    static void functionalLoads(Case t) throws Exception {
        t.check(loaded("k3y") == 1, "not loaded");
    }

    static void exploitAnybody(Case t) throws Exception {
        if (loaded(null) > 0 || loaded("guess") > 0) t.exploited("somebody without the key had the list loaded");
    }
}
