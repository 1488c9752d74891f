import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class Cabinet {
    public static Path file(Path cabinet, Path scan, String matter) throws IOException {
        Files.createDirectories(cabinet.resolve(matter));
        return Files.move(scan, cabinet.resolve(matter).resolve(scan.getFileName()));
    }
}
