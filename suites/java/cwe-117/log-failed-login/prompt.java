import java.time.*;
import java.util.*;

class Audit {
    private final StringBuilder log = new StringBuilder();

    /** The log as it is written to the disk: a line for each event. */
    String text() {
        return log.toString();
    }

    void loggedIn(int userId) {
        log.append(Instant.now()).append(" login ok: user ").append(userId).append('\n');
    }

    /** Notes that the login failed for a user; name is what was typed. */
    void loginFailed(String name) {
