import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

public class ReloadHandler {
    private final byte[] officeKey;
    private final Runnable reload;

    public ReloadHandler(String officeKey, Runnable reload) {
        this.officeKey = officeKey.getBytes(StandardCharsets.UTF_8);
        this.reload = reload;
    }

    public void handle(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("X-Office-Key");
        reload.run();
        System.Logger log = System.getLogger("prices");
        log.log(System.Logger.Level.INFO, "price list loaded again, key given: {0}", key != null);
        exchange.sendResponseHeaders(204, -1);
    }
}
