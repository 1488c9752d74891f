import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

class Test {
    /** Stands for any class of the server that does something when it is read. */
    static class Gadget extends HashMap<Integer, Integer> implements Serializable {
        static boolean ran;

        private void readObject(ObjectInputStream in) {
            ran = true;
        }
    }

    static String serialized(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return Base64.getUrlEncoder().encodeToString(bytes.toByteArray());
    }

    /** Reads a cookie in whichever of the two forms the shop writes. */
    static Map<Integer, Integer> read(String text, Map<Integer, Integer> pieces) throws Exception {
        try {
            return Basket.read(Base64.getUrlEncoder().encodeToString(text.getBytes()));
        } catch (Exception other) {
            return Basket.read(serialized(new HashMap<>(pieces)));
        }
    }

    static void functionalReadsABasket(Case t) throws Exception {
        t.check(read("17:2,40:1,3:0", Map.of(17, 2, 40, 1, 3, 0)).equals(Map.of(17, 2, 40, 1)), "two things");
    }

    static void exploitObjectInCookie(Case t) throws Exception {
        String cookie = serialized(new Gadget());
        t.attempt(() -> Basket.read(cookie));
        if (Gadget.ran) t.exploited("code of a class that the cookie named was run");
    }
}
