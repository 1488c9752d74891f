import java.security.*;
import java.util.*;

class Accounts {
    private final Map<String, String> codes = new HashMap<>();

    /** Makes the code that is sent to a user who has forgotten the password. */
    void forgotten(String user) {
        codes.put(user, newCode());
    }

    boolean isCode(String user, String code) {
        return code.equals(codes.get(user));
    }

    /** Returns a random code of 8 digits. */
    static String newCode() {
