import java.nio.file.Path;
import java.util.concurrent.Callable;

/** What a case is given: see the suite's README. */
public final class Case {
    /** Ends a case. */
    static final class Ended extends Error {
        Ended(String message) {
            super(message, null, false, false);
        }
    }

    /** Something that may throw. */
    public interface Action {
        void run() throws Throwable;
    }

    public final Path dir;
    public Throwable error;
    volatile String failure, evidence;
    volatile boolean reached;

    Case(Path dir) {
        this.dir = dir;
    }

    public <T> T attempt(Callable<T> call) {
        error = null;
        try {
            return call.call();
        } catch (Ended end) {
            throw end;
        } catch (Throwable thrown) {
            error = thrown;
            return null;
        }
    }

    public void attempt(Action action) {
        attempt(() -> {
            try {
                action.run();
            } catch (Exception | Error thrown) {
                throw thrown;
            } catch (Throwable thrown) {
                throw new Exception(thrown);
            }
            return null;
        });
    }

    public void check(boolean ok, String message) {
        if (!ok) {
            if (failure == null) failure = message;
            throw new Ended(message);
        }
    }

    public void exploited(String message) {
        if (evidence == null) evidence = message;
        throw new Ended(message);
    }

    public void reached() {
        reached = true;
    }
}
