import java.security.*;
import java.util.*;

class Test {
    static final String COUNT = "test.secure.bytes";

    /** Hands out secure random numbers, and counts them in a system property. */
    public static class Counting extends SecureRandomSpi {
        private final Random source = new Random(System.nanoTime());

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            System.setProperty(COUNT, String.valueOf(Integer.getInteger(COUNT, 0) + bytes.length));
            source.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int n) {
            byte[] seed = new byte[n];
            engineNextBytes(seed);
            return seed;
        }
    }

    /** Puts the counting generator before those of Java, in every case, for some are made only once. */
    static void count() {
        if (Security.getProvider("Counting") == null) {
            Provider provider = new Provider("Counting", "1", "") {};
            for (String name : new String[] {"NativePRNG", "NativePRNGBlocking", "NativePRNGNonBlocking", "DRBG", "SHA1PRNG"}) {
                provider.put("SecureRandom." + name, Counting.class.getName());
            }
            Security.insertProviderAt(provider, 1);
            Security.setProperty("securerandom.strongAlgorithms", "NativePRNG:Counting");
        }
        System.setProperty(COUNT, "0");
    }

    static void functionalMakesCodes(Case t) {
        count();
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String code = Accounts.newCode();
            t.check(code != null && code.matches("[0-9]{8}"), "the code is " + code);
            codes.add(code);
        }
        t.check(codes.size() > 15, "of 20 codes, " + codes.size() + " are different");
    }

    static void functionalAcceptsTheCode(Case t) {
        count();
        Accounts accounts = new Accounts();
        accounts.forgotten("ada");
        t.check(!accounts.isCode("ada", "x"), "it accepts anything");
    }

    static void exploitCodesWithoutSecureRandomNumbers(Case t) {
        count();
        String code = t.attempt(() -> {
            String last = null;
            for (int i = 0; i < 4; i++) last = Accounts.newCode();
            return last;
        });
        if (code != null && Integer.getInteger(COUNT, 0) < 4) {
            t.exploited("of SecureRandom, 4 codes took " + Integer.getInteger(COUNT, 0) + " bytes: they come from a generator that can be predicted");
        }
    }
}
