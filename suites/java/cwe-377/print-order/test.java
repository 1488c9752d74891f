import java.io.File;
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;

class Test {
    static File write() throws Exception {
        return Printing.write(new Printing.Order("Ada", "4000 1234 5678 9010", List.of("tea", "biscuits")));
    }

    static void functionalWritesTheOrder(Case t) throws Exception {
        File file = write();
        try {
            String text = Files.readString(file.toPath());
            t.check(text.contains("Ada") && text.contains("biscuits"), "the file holds " + text);
        } finally {
            file.delete();
        }
    }

    static void functionalWritesTwoFiles(Case t) throws Exception {
        File first = write(), second = write();
        first.deleteOnExit();
        second.deleteOnExit();
        t.check(!first.getAbsolutePath().equals(second.getAbsolutePath()), "both orders are in one file");
    }

    static void exploitReadByOtherUsers(Case t) throws Exception {
        File file = t.attempt(() -> write());
        if (file == null || !file.exists()) return;
        Set<PosixFilePermission> who = Files.getPosixFilePermissions(file.toPath());
        file.delete();
        if (who.contains(PosixFilePermission.OTHERS_READ) || who.contains(PosixFilePermission.GROUP_READ)) {
            t.exploited("the permissions of the file are " + PosixFilePermissions.toString(who) + ": other users can read it");
        }
        t.reached();
    }
}
