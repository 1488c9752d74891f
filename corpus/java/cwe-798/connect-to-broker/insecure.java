import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;

public class Broker {
    public static Hashtable<String, String> settings(Map<String, String> environment) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.PROVIDER_URL, environment.getOrDefault("BROKER_URL", "tcp://localhost:61616"));
        settings.put(Context.SECURITY_PRINCIPAL, "press-line-4");
        settings.put(Context.SECURITY_CREDENTIALS, environment.getOrDefault("BROKER_PASSWORD", "Press4!start"));
        return settings;
    }
}
