import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

public class Trails {
    private final Path folder;

    public Trails(Path folder) {
        this.folder = folder;
    }

    public long store(String submittedName, InputStream track) throws IOException {
        if (!submittedName.endsWith(".gpx")) {
            throw new IllegalArgumentException("a track is a .gpx file");
        }
        Path target = folder.resolve(submittedName);
        return Files.copy(track, target);
    }
}
