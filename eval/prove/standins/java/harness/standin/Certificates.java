package standin;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Keys and certificates for this machine, each signed by itself, and what the virtual machine takes for an authority. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private Certificates() {}

    /** Makes a key and its certificate for localhost with the JDK's keytool. */
    public static KeyStore create(Path dir) throws Exception {
        Path file = Files.createTempDirectory(dir, "key").resolve("store.p12");
        Process keytool = new ProcessBuilder(
                "keytool", "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", "key", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) throw new IllegalStateException("keytool: " + said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    public static KeyManagerFactory keys(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        return keys;
    }

    /** For a server that has the key. */
    public static SSLContext server(KeyStore store) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(store).getKeyManagers(), null, null);
        return context;
    }

    /** Makes the certificate the only one on the virtual machine's list of authorities. */
    public static void trust(KeyStore store, Path dir) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", store.getCertificate("key"));
        Path file = Files.createTempFile(dir, "trusted", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD);
        }
        System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
        System.setProperty("javax.net.ssl.trustStorePassword", new String(PASSWORD));
        System.setProperty("javax.net.ssl.trustStore", file.toString());
    }
}
