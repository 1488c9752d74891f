import java.net.URI;

public class Directions {
    private final String key;

    public Directions(String key) {
        this.key = key;
    }

    public URI to(String street, String town) {
        String place = street.strip() + ", " + town.strip();
        return URI.create("https://maps.example/route?key=" + key
                + "&to=" + place.replace(" ", "+"));
    }
}
