import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

public class Listings {
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    public int status(Set<String> shops, String address) throws IOException, InterruptedException {
        URI page = URI.create(address);
        // what the client will connect to, not how the text begins
        if (!"https".equals(page.getScheme()) || !shops.contains(page.getHost())) {
            throw new IllegalArgumentException("this is no page of a shop");
        }
        HttpRequest head = HttpRequest.newBuilder(page)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(head, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
