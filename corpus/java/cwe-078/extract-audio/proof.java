import java.nio.file.Files;
import java.nio.file.Path;

class Test {
    // Nothing of ffmpeg is needed: without it the program has no film to work on, and the shell still has its line.
    static void functionalSaysThatItFailed(Case t) {
        Boolean worked = t.attempt(() -> Films.extractAudio(t.dir.resolve("none.mkv"), "0:a"));
        t.check(worked == null || !worked, "there was no film");
    }

    static void exploitCommandInTrack(Case t) {
        t.attempt(() -> Films.extractAudio(t.dir.resolve("none.mkv"), "0:a; touch " + t.dir + "/pwned;"));
        if (Files.exists(t.dir.resolve("pwned"))) t.exploited("the command in a track's name was run");
    }
}
