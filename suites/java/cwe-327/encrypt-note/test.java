import java.nio.charset.StandardCharsets;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.*;

class Test {
    static SecretKey key(int seed) {
        byte[] raw = new byte[16];
        new Random(seed).nextBytes(raw);
        return new SecretKeySpec(raw, "AES");
    }

    static void functionalEncryptsANote(Case t) throws Exception {
        String note = "meet me at the old bridge at nine, and bring the map of the harbour";
        byte[] encrypted = Notes.encrypt(key(1), note), other = Notes.encrypt(key(2), note);
        t.check(encrypted != null && encrypted.length >= note.length(), "the result is shorter than the note");
        t.check(!new String(encrypted, StandardCharsets.ISO_8859_1).contains("bridge"), "the note can be read");
        t.check(!Arrays.equals(encrypted, other), "another key gives the same result");
    }

    static void functionalEncryptsAnEmptyNote(Case t) throws Exception {
        t.check(Notes.encrypt(key(1), "") != null, "there is no result");
    }

    static void exploitBlocksThatAreEqual(Case t) {
        byte[] encrypted = t.attempt(() -> Notes.encrypt(key(1), "attack at dawn! ".repeat(16)));
        if (encrypted == null) return;
        for (int shift = 0; shift < 16; shift++) {
            Map<String, Integer> seen = new HashMap<>();
            for (int i = shift; i + 16 <= encrypted.length; i += 16) {
                String block = Base64.getEncoder().encodeToString(Arrays.copyOfRange(encrypted, i, i + 16));
                if (seen.merge(block, 1, Integer::sum) >= 8) t.exploited("equal blocks of the note are equal blocks of the result");
            }
        }
    }

    static void exploitNotesThatAreEqual(Case t) {
        byte[] first = t.attempt(() -> Notes.encrypt(key(1), "yes")), second = t.attempt(() -> Notes.encrypt(key(1), "yes"));
        if (first != null && Arrays.equals(first, second)) t.exploited("the same note gives the same result twice: whoever has seen one knows the other");
    }
}
