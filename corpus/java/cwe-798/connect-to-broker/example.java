import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;

public class Broker {
    public static Hashtable<String, String> settings(Map<String, String> environment) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.PROVIDER_URL, environment.getOrDefault("BROKER_URL", "tcp://localhost:61616"));
        settings.put(Context.SECURITY_PRINCIPAL, "press-line-4");
        // every copy of the class file would hold a password that is written here
        if (!environment.containsKey("BROKER_PASSWORD")) {
            throw new IllegalStateException("BROKER_PASSWORD is not set");
        }
        settings.put(Context.SECURITY_CREDENTIALS, environment.get("BROKER_PASSWORD"));
        return settings;
    }
}
