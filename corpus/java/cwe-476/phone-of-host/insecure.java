import java.util.HashMap;
import java.util.Map;

public class Hostel {
    public record Host(String name, String phone) {}

    private final Map<Integer, Host> hosts = new HashMap<>();

    public void assign(int room, Host host) {
        hosts.put(room, host);
    }

    public String call(int room) {
        Host host = hosts.get(room);
        return host.name() + ", " + host.phone().replace(" ", "");
    }
}
