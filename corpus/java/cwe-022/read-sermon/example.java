import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

public class Archive {
    private final Path folder;

    public Archive(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public List<String> sermon(String year, String title) throws IOException {
        // normalised, a path that climbs out no longer begins with the folder
        if (!folder.resolve(year).resolve(title + ".txt").normalize().startsWith(folder)) {
            throw new IOException("there is no sermon " + title);
        }
        List<String> lines = Files.readAllLines(folder.resolve(year).resolve(title + ".txt"));
        return lines.subList(0, Math.min(lines.size(), 500));
    }
}
