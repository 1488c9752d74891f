import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

public class Films {
    public static boolean extractAudio(Path film, String track) throws IOException, InterruptedException {
        Path sound = film.resolveSibling(film.getFileName() + ".ogg");
        // each string is one argument, so the track's name stays a name
        Process process = new ProcessBuilder("ffmpeg", "-y", "-i", film.toString(), "-map", track, sound.toString())
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
