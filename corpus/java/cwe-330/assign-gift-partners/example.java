import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Presents {
    public static Map<String, String> draw(List<String> guests, long day) {
        if (guests.size() < 2) {
            throw new IllegalArgumentException("two guests at least");
        }
        List<String> order = new ArrayList<>(guests);
        // with a seed that is the date, each guest could draw again at home and know all
        Collections.shuffle(order, new SecureRandom());
        Map<String, String> givesTo = new LinkedHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            givesTo.put(order.get(i), order.get((i + 1) % order.size()));
        }
        return givesTo;
    }
}
