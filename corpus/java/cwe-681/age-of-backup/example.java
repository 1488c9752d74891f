import java.time.Duration;
import java.util.Properties;

public class BackupPlan {
    public static int seconds(Properties settings) {
        Duration age = Duration.parse(settings.getProperty("backup.age", "P1D"));
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("the age of a backup is more than nothing");
        }
        // the cast (int) keeps the lower 32 bits, which may be a few seconds or less than none
        return Math.toIntExact(age.toSeconds());
    }
}
