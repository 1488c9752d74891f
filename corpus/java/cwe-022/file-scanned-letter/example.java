import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Cabinet {
    public static Path file(Path cabinet, Path scan, String matter) throws IOException {
        // normalised, a matter such as "../website" no longer begins with the cabinet
        if (!cabinet.resolve(matter).normalize().startsWith(cabinet.normalize())) {
            return null;
        }
        Files.createDirectories(cabinet.resolve(matter));
        return Files.move(scan, cabinet.resolve(matter).resolve(scan.getFileName()));
    }
}
