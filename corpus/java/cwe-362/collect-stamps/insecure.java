import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

public class StampCard {
    private final Map<String, Integer> stamps = new ConcurrentHashMap<>();

    public boolean stamp(String visitor, int count) {
        if (count < 1 || count > 3) {
            throw new IllegalArgumentException("one to three stamps at a time");
        }
        Integer before = stamps.get(visitor);
        int now = (before == null ? 0 : before) + count;
        stamps.put(visitor, now);
        return now >= 10;
    }

    public int of(String visitor) {
        return stamps.getOrDefault(visitor, 0);
    }
}
