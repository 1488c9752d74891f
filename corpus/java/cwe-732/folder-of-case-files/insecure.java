import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class CaseFiles {
    public static Path open(Path office, int caseNumber) throws IOException {
        if (caseNumber < 1) {
            throw new IllegalArgumentException("cases are numbered from 1");
        }
        Path folder = office.resolve("case-" + caseNumber);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return Files.createDirectory(folder);
    }
}
