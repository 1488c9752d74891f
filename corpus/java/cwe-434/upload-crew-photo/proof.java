import java.nio.file.Files;
import java.nio.file.Path;

class Test {
    static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16};

    static void functionalKeepsAPhoto(Case t) throws Exception {
        Path file = new CrewPhotos(t.dir).keep("ada.jpg", JPEG);
        t.check(file.toString().endsWith(".jpg") && Files.size(file) == 6, file.toString());
    }

    static void exploitAPage(Case t) {
        for (byte[] content : new byte[][] {"<script>alert(1)</script>".getBytes(), JPEG}) {
            Path file = t.attempt(() -> new CrewPhotos(t.dir).keep("ada.jsp", content));
            if (file != null && file.toString().endsWith(".jsp")) t.exploited("the server would run " + file.getFileName());
        }
    }
}
