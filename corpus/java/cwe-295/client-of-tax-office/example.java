import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

public class TaxClient {
    public static HttpClient create(KeyManagerFactory ourKey) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        // null: the system's list of authorities decides whom we talk to
        context.init(ourKey.getKeyManagers(), null, null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }
}
