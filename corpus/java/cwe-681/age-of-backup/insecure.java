import java.time.Duration;
import java.util.Properties;

public class BackupPlan {
    public static int seconds(Properties settings) {
        Duration age = Duration.parse(settings.getProperty("backup.age", "P1D"));
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("the age of a backup is more than nothing");
        }
        return (int) age.toSeconds();
    }
}
