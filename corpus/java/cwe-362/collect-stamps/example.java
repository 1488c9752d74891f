import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public class StampCard {
    private final Map<String, Integer> stamps = new ConcurrentHashMap<>();

    public boolean stamp(String visitor, int count) {
        if (count < 1 || count > 3) {
            throw new IllegalArgumentException("one to three stamps at a time");
        }
        // get and put are safe each by itself, but not the time between them
        int now = stamps.merge(visitor, count, Integer::sum);
        return now >= 10;
    }

    public int of(String visitor) {
        return stamps.getOrDefault(visitor, 0);
    }
}
