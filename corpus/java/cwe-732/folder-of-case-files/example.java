import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

public class CaseFiles {
    public static Path open(Path office, int caseNumber) throws IOException {
        if (caseNumber < 1) {
            throw new IllegalArgumentException("cases are numbered from 1");
        }
        Path folder = office.resolve("case-" + caseNumber);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        // closed from the first moment: changed later, it would have been open in between
        return Files.createDirectory(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
