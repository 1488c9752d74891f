import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

public class Devices {
    private static final List<String> PHONES = List.of("iphone", "android", "mobile");

    public static String layout(Headers headers) {
        // getFirst gives null for a header that is not there, and clients need not send this one
        String agent = Objects.requireNonNullElse(headers.getFirst("User-Agent"), "").toLowerCase(Locale.ROOT);
        boolean phone = PHONES.stream().anyMatch(agent::contains);
        if (phone && !agent.contains("tablet")) {
            return "narrow";
        }
        return "wide";
    }
}
