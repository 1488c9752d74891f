import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.*;
import javax.crypto.*;
import javax.crypto.spec.*;

class Notes {
    /**
     * Encrypts a note with AES. The result holds all that is needed, beside the key, to decrypt it.
     */
    static byte[] encrypt(SecretKey key, String note) throws GeneralSecurityException {
