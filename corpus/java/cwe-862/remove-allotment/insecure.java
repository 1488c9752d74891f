import java.security.Principal;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

public class Allotments {
    private final Map<Integer, String> tenants = new ConcurrentHashMap<>();

    public void let(int number, String tenant) {
        tenants.put(number, tenant);
    }

    public int giveUp(Principal member, int number) {
        if (member == null) {
            throw new SecurityException("please sign in");
        }
        if (tenants.remove(number) == null) {
            throw new NoSuchElementException("you have no allotment " + number);
        }
        return tenants.size();
    }
}
