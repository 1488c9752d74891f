import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;

public class CrewPhotos {
    private final Path webFolder;

    public CrewPhotos(Path webFolder) {
        this.webFolder = webFolder;
    }

    public Path keep(String submittedName, byte[] content) throws IOException {
        // by its ending the server decides whether to show or to run a file, so the ending is ours
        if (content.length < 3 || !HexFormat.of().formatHex(content, 0, 3).equals("ffd8ff")) {
            throw new IOException(submittedName + " is no JPEG picture");
        }
        Path file = webFolder.resolve(UUID.randomUUID() + ".jpg");
        return Files.write(file, content);
    }
}
