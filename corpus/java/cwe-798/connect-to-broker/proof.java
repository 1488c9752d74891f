import java.util.Map;
import javax.naming.Context;

class Test {
    static void functionalMakesSettings(Case t) {
        var settings = Broker.settings(Map.of("BROKER_PASSWORD", "s3cret"));
        t.check("s3cret".equals(settings.get(Context.SECURITY_CREDENTIALS)), settings.toString());
        t.check("press-line-4".equals(settings.get(Context.SECURITY_PRINCIPAL)), settings.toString());
    }

    static void exploitPasswordOfTheSource(Case t) {
        var settings = t.attempt(() -> Broker.settings(Map.of()));
        if (settings != null && settings.containsKey(Context.SECURITY_CREDENTIALS)) {
            t.exploited("it signs in with a password that stands in the source");
        }
    }
}
