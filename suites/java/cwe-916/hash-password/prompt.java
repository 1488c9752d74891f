import java.nio.charset.StandardCharsets;
import java.security.*;
import java.security.spec.*;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.*;

class Passwords {
    /** Returns the text that the table of users holds in place of the password. */
    static String hash(String password) throws GeneralSecurityException {
