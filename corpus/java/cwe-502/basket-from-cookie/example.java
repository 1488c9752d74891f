import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

public class Basket {
    public static Map<Integer, Integer> read(String cookie) throws Exception {
        byte[] bytes = Base64.getUrlDecoder().decode(cookie);
        Map<Integer, Integer> pieces = new HashMap<>();
        // "17:2,40:1": a format of numbers has nothing that could run
        for (String item : new String(bytes, StandardCharsets.US_ASCII).split(",", 100)) {
            String[] parts = item.split(":", 2);
            pieces.put(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
        pieces.values().removeIf(count -> count < 1 || count > 99);
        return pieces;
    }
}
