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
        // remove(key, value) does nothing unless the tenant is the one who asks
        if (!tenants.remove(number, member.getName())) {
            throw new NoSuchElementException("you have no allotment " + number);
        }
        return tenants.size();
    }
}
