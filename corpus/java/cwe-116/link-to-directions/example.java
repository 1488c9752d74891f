import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

public class Directions {
    private final String key;

    public Directions(String key) {
        this.key = key;
    }

    public URI to(String street, String town) {
        String place = street.strip() + ", " + town.strip();
        return URI.create("https://maps.example/route?key=" + key
                // one value, whatever was entered for the street
                + "&to=" + URLEncoder.encode(place, StandardCharsets.UTF_8));
    }
}
