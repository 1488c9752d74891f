import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

public class FlyerHandler {
    public void handle(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().replaceFirst("^/flyers/", "");
        Path flyer = Path.of("flyers/" + name + ".pdf");
        if (!Files.isRegularFile(flyer)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/pdf");
        exchange.sendResponseHeaders(200, Files.size(flyer));
        try (OutputStream body = exchange.getResponseBody()) {
            Files.copy(flyer, body);
        }
    }
}
