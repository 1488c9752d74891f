import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

class Test {
    static void functionalMakesTheFolder(Case t) throws Exception {
        Path folder = CaseFiles.open(t.dir, 12);
        t.check(Files.isDirectory(folder) && folder.getFileName().toString().equals("case-12"), folder.toString());
        t.check(CaseFiles.open(t.dir, 12).equals(folder), "the same again");
    }

    static void exploitAnotherAccount(Case t) throws Exception {
        if (Files.getPosixFilePermissions(CaseFiles.open(t.dir, 12)).contains(PosixFilePermission.OTHERS_READ)) {
            t.exploited("every account of the machine can look into the folder");
        }
    }
}
