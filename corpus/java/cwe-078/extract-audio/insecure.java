import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

public class Films {
    public static boolean extractAudio(Path film, String track) throws IOException, InterruptedException {
        Path sound = film.resolveSibling(film.getFileName() + ".ogg");
        String command = "ffmpeg -y -i " + film + " -map " + track + " " + sound;
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
