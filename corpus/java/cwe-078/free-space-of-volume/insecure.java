import java.io.IOException;

public class Volumes {
    public static String freeSpace(String mountPoint) throws IOException {
        String[] command = {"sh", "-c", "df -B1 --output=avail " + mountPoint + " | tail -1"};
        Process df = Runtime.getRuntime().exec(command);
        long bytes = Long.parseLong(new String(df.getInputStream().readAllBytes()).trim());
        double gigabytes = bytes / 1e9;
        return gigabytes >= 10
                ? String.format("%.0f GB free", gigabytes)
                : String.format("%.1f GB free", gigabytes);
    }
}
