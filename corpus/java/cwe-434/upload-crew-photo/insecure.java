import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

public class CrewPhotos {
    private final Path webFolder;

    public CrewPhotos(Path webFolder) {
        this.webFolder = webFolder;
    }

    public Path keep(String submittedName, byte[] content) throws IOException {
        String ending = submittedName.substring(submittedName.lastIndexOf('.'));
        Path file = webFolder.resolve(UUID.randomUUID() + ending);
        return Files.write(file, content);
    }
}
