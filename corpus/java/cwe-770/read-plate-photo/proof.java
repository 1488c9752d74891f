import java.io.ByteArrayInputStream;
import java.io.InputStream;

class Test {
    static void functionalKeepsAPhoto(Case t) throws Exception {
        Gate gate = new Gate();
        t.check(gate.receive(new ByteArrayInputStream(new byte[5000])) == 5000 && gate.last().length == 5000, "5000 bytes");
        t.attempt(() -> gate.receive(InputStream.nullInputStream()));
        t.check(t.error != null, "no photo");
    }

    static void exploitLongPhoto(Case t) {
        Gate gate = new Gate();
        t.attempt(() -> gate.receive(new ByteArrayInputStream(new byte[30_000_000])));
        if (gate.last().length > 2_000_000) t.exploited(gate.last().length + " bytes are kept");
    }
}
