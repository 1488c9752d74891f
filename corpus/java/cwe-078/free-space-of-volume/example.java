import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Volumes {
    public static String freeSpace(String mountPoint) throws IOException {
        // the library answers this: no command line that the name could be a part of
        long bytes = Files.getFileStore(Path.of(mountPoint)).getUsableSpace();
        double gigabytes = bytes / 1e9;
        return gigabytes >= 10
                ? String.format("%.0f GB free", gigabytes)
                : String.format("%.1f GB free", gigabytes);
    }
}
