import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.apache.commons.io.FileUtils;

class Attachments {
    private static final Path ROOT = Path.of("/srv/attachments");

    void drop(HttpServletRequest request) throws IOException {
        String name = request.getParameter("name");
        // ruleid: seccoder.java.path-traversal
        new File("/srv/attachments", name).delete();
        File file = new File("/srv/attachments/" + name);
        // ruleid: seccoder.java.path-traversal
        file.delete();
        // ruleid: seccoder.java.path-traversal
        Files.delete(ROOT.resolve(name));
        // ruleid: seccoder.java.path-traversal
        Files.deleteIfExists(Paths.get("/srv/attachments", name));
        // ruleid: seccoder.java.path-traversal
        Path.of("/srv/attachments", name).toFile().delete();
        // ruleid: seccoder.java.path-traversal
        FileUtils.deleteDirectory(file);
        // ok: seccoder.java.path-traversal
        new File("/srv/attachments", "old.txt").delete();
        // ok: seccoder.java.path-traversal
        new StringBuilder(name).delete(0, 1);
    }

    void copy(HttpServletRequest request) throws IOException {
        String from = request.getParameter("from");
        // ruleid: seccoder.java.path-traversal
        Files.copy(ROOT.resolve(from), ROOT.resolve("copy"));
        // ruleid: seccoder.java.path-traversal
        Files.copy(ROOT.resolve("copy"), ROOT.resolve(from));
        // ruleid: seccoder.java.path-traversal
        Files.move(ROOT.resolve("copy"), ROOT.resolve(from));
        // ruleid: seccoder.java.path-traversal
        new File("copy").renameTo(new File(from));
        // ruleid: seccoder.java.path-traversal
        FileUtils.copyFile(new File("copy"), new File(from));
        // ruleid: seccoder.java.path-traversal
        File[] all = new File(from).listFiles();
    }

    void dropChecked(HttpServletRequest request) throws IOException {
        Path path = ROOT.resolve(request.getParameter("name")).normalize();
        if (!path.startsWith(ROOT)) {
            return;
        }
        // ok: seccoder.java.path-traversal
        Files.delete(path);
    }

    void dropInFolder(HttpServletRequest request) throws IOException {
        // ok: seccoder.java.path-traversal
        new File("/srv/attachments", new File(request.getParameter("name")).getName()).delete();
    }
}
