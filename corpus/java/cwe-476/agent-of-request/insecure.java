import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;

public class Devices {
    private static final List<String> PHONES = List.of("iphone", "android", "mobile");

    public static String layout(Headers headers) {
        String agent = headers.getFirst("User-Agent").toLowerCase(Locale.ROOT);
        boolean phone = PHONES.stream().anyMatch(agent::contains);
        if (phone && !agent.contains("tablet")) {
            return "narrow";
        }
        return "wide";
    }
}
