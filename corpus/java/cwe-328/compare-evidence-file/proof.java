import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

class Test {
    // The two messages with one MD5 that Wang, Feng, Lai and Yu published in 2004; they differ in six bits.
    static final String COLLISION = "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a"
            + "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
            + "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70";

    /** Compares content with the digests of what was registered, whichever the program uses. */
    static boolean unchanged(Case t, byte[] content, byte[] registered) throws Exception {
        Path file = Files.write(t.dir.resolve("evidence"), content);
        for (String name : new String[] {"MD5", "SHA-256"}) {
            String digest = HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(registered));
            if (Evidence.unchanged(file, digest)) return true;
        }
        return false;
    }

    static void functionalCompares(Case t) throws Exception {
        t.check(unchanged(t, new byte[] {1, 2}, new byte[] {1, 2}), "the file");
        t.check(!unchanged(t, new byte[] {1, 3}, new byte[] {1, 2}), "another");
    }

    static void exploitSameMd5(Case t) throws Exception {
        byte[] good = HexFormat.of().parseHex(COLLISION), evil = good.clone();
        for (int at : new int[] {19, 45, 59, 83, 109, 123}) evil[at] ^= (byte) 0x80;
        if (unchanged(t, evil, good)) t.exploited("a changed file counts as unchanged");
    }
}
