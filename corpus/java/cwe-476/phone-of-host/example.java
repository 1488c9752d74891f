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
        // get answers null for a room without a host, and so may the record for a phone
        if (host == null || host.phone() == null) {
            return "please ask at the desk";
        }
        return host.name() + ", " + host.phone().replace(" ", "");
    }
}
