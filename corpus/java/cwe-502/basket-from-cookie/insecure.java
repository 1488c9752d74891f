import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

public class Basket {
    @SuppressWarnings("unchecked")
    public static Map<Integer, Integer> read(String cookie) throws Exception {
        byte[] bytes = Base64.getUrlDecoder().decode(cookie);
        Map<Integer, Integer> pieces;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            pieces = new HashMap<>((Map<Integer, Integer>) in.readObject());
        }
        pieces.values().removeIf(count -> count < 1 || count > 99);
        return pieces;
    }
}
