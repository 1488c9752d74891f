package shop;

import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.security.*;
import java.sql.*;
import java.util.*;
import java.util.zip.*;
import javax.crypto.Cipher;
import javax.servlet.http.*;
import javax.script.*;
import javax.xml.XMLConstants;
import javax.xml.parsers.*;
import org.owasp.encoder.Encode;
import org.yaml.snakeyaml.Yaml;

public class Server extends HttpServlet {
    private static final Path FOLDER = Paths.get("/srv/files");
    private static final Map<String, String> HOSTS = Map.of("img", "https://img.example.org");
    // ruleid: seccoder.java.hard-coded-secret
    private static final String API_KEY = "u8Xq4pLz71bcdd";
    // ok: seccoder.java.hard-coded-secret
    private static final String PASSWORD = System.getenv("DB_PASSWORD");

    void lookup(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String host = request.getParameter("host");
        // ruleid: seccoder.java.command-injection
        Runtime.getRuntime().exec("nslookup " + host);
        // ruleid: seccoder.java.command-injection
        new ProcessBuilder("sh", "-c", "nslookup " + host).start();
        // ok: seccoder.java.command-injection
        new ProcessBuilder("nslookup", host).start();
        // ok: seccoder.java.command-injection
        Runtime.getRuntime().exec("kill " + Integer.parseInt(request.getParameter("pid")));
        if (!host.matches("[a-z0-9.]+")) {
            return;
        }
        // ok: seccoder.java.command-injection
        Runtime.getRuntime().exec("nslookup " + host);
    }

    void archive(String name) throws IOException {
        // ruleid: seccoder.java.command-built
        Runtime.getRuntime().exec("tar czf backup.tgz " + name);
        // ok: seccoder.java.command-built
        new ProcessBuilder("tar", "czf", "backup.tgz", "--", name).start();
    }

    void user(HttpServletRequest request, Connection db) throws SQLException {
        String name = request.getParameter("name");
        Statement statement = db.createStatement();
        // ruleid: seccoder.java.sql-injection
        statement.executeQuery("SELECT * FROM users WHERE name = '" + name + "'");
        String query = String.format("SELECT * FROM users WHERE name = '%s'", name);
        // ruleid: seccoder.java.sql-injection
        statement.execute(query);
        // ok: seccoder.java.sql-injection
        PreparedStatement prepared = db.prepareStatement("SELECT * FROM users WHERE name = ?");
        prepared.setString(1, name);
        // ok: seccoder.java.sql-injection
        prepared.executeQuery();
    }

    ResultSet find(Connection db, String name, int id) throws SQLException {
        // ruleid: seccoder.java.sql-built
        db.createStatement().executeQuery("SELECT * FROM users WHERE name = '" + name + "'");
        // ok: seccoder.java.sql-built
        db.createStatement().executeQuery("SELECT * FROM users WHERE id = " + id);
        // ok: seccoder.java.sql-built
        PreparedStatement prepared = db.prepareStatement("SELECT * FROM users WHERE name = ?");
        prepared.setString(1, name);
        return prepared.executeQuery();
    }

    void file(HttpServletRequest request) throws IOException {
        String name = request.getParameter("name");
        // ruleid: seccoder.java.path-traversal
        new FileInputStream("/srv/files/" + name);
        // ruleid: seccoder.java.path-traversal
        Files.readAllBytes(FOLDER.resolve(name));
        // ok: seccoder.java.path-traversal
        Files.readAllBytes(FOLDER.resolve(Paths.get(name).getFileName()));
        Path path = FOLDER.resolve(name).normalize();
        if (!path.startsWith(FOLDER)) {
            return;
        }
        // ok: seccoder.java.path-traversal
        Files.readAllBytes(path);
    }

    void unzip(ZipInputStream in) throws IOException {
        for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
            // ruleid: seccoder.java.archive-path
            Files.copy(in, FOLDER.resolve(entry.getName()));
        }
    }

    void unzipFixed(ZipInputStream in) throws IOException {
        for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
            Path path = FOLDER.resolve(entry.getName()).normalize();
            if (!path.startsWith(FOLDER)) {
                throw new IOException("bad name");
            }
            // ok: seccoder.java.archive-path
            Files.copy(in, path);
        }
    }

    void hello(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        // ruleid: seccoder.java.cross-site-scripting
        response.getWriter().println("<h1>Hello " + name + "</h1>");
        PrintWriter out = response.getWriter();
        // ruleid: seccoder.java.cross-site-scripting
        out.print("<h1>Hello " + name + "</h1>");
        // ok: seccoder.java.cross-site-scripting
        out.print("<h1>Hello " + Encode.forHtml(name) + "</h1>");
    }

    Object load(InputStream in) throws Exception {
        // ruleid: seccoder.java.deserialization
        return new ObjectInputStream(in).readObject();
    }

    Object loadFixed(InputStream in, ObjectInputFilter filter) throws Exception {
        ObjectInputStream objects = new ObjectInputStream(in);
        objects.setObjectInputFilter(filter);
        // ok: seccoder.java.deserialization
        return objects.readObject();
    }

    Object settings(InputStream in) {
        // ruleid: seccoder.java.yaml-load
        Object first = new Yaml().load(in);
        // ok: seccoder.java.yaml-load
        return List.of(first, new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
    }

    void parse(InputStream in) throws Exception {
        // ruleid: seccoder.java.xml-entities
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.newDocumentBuilder().parse(in);
    }

    void parseFixed(InputStream in) throws Exception {
        // ok: seccoder.java.xml-entities
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.newDocumentBuilder().parse(in);
    }

    Object calculate(HttpServletRequest request, ScriptEngine engine) throws ScriptException {
        // ruleid: seccoder.java.code-injection
        Object first = engine.eval(request.getParameter("expression"));
        // ok: seccoder.java.code-injection
        return List.of(first, engine.eval("6 * 7"));
    }

    void go(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // ruleid: seccoder.java.open-redirect
        response.sendRedirect(request.getParameter("next"));
        // ok: seccoder.java.open-redirect
        response.sendRedirect("/users/" + request.getParameter("name"));
    }

    void fetch(HttpServletRequest request) throws IOException {
        // ruleid: seccoder.java.server-side-request
        new URL(request.getParameter("url")).openStream();
        // ok: seccoder.java.server-side-request
        new URL(HOSTS.get(request.getParameter("host"))).openStream();
        // ok: seccoder.java.server-side-request
        new URL("https://img.example.org/" + request.getParameter("name")).openStream();
    }

    void crypto() throws Exception {
        // ruleid: seccoder.java.weak-hash
        MessageDigest.getInstance("MD5");
        // ok: seccoder.java.weak-hash
        MessageDigest.getInstance("SHA-256");
        // ruleid: seccoder.java.weak-cipher
        Cipher.getInstance("AES/ECB/PKCS5Padding");
        // ok: seccoder.java.weak-cipher
        Cipher.getInstance("AES/GCM/NoPadding");
    }

    String newToken() {
        // ruleid: seccoder.java.weak-random
        return Long.toHexString(new Random().nextLong());
    }

    String newTokenFixed() {
        byte[] token = new byte[32];
        // ok: seccoder.java.weak-random
        new SecureRandom().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    int dice() {
        // ok: seccoder.java.weak-random
        return new Random().nextInt(6) + 1;
    }

    void open(HttpsURLConnection connection) {
        // ruleid: seccoder.java.tls-verification-off
        connection.setHostnameVerifier((host, session) -> true);
        // ok: seccoder.java.tls-verification-off
        connection.setConnectTimeout(1000);
    }

    void login(HttpServletResponse response, String session) {
        Cookie cookie = new Cookie("session", session);
        // ruleid: seccoder.java.cookie-flags
        response.addCookie(cookie);
        Cookie safe = new Cookie("session", session);
        safe.setHttpOnly(true);
        safe.setSecure(true);
        // ok: seccoder.java.cookie-flags
        response.addCookie(safe);
    }

    void queries(HttpServletRequest request, DirContext context, XPath xpath, Object document, SearchControls controls) throws Exception {
        String name = request.getParameter("name");
        // ruleid: seccoder.java.ldap-injection
        context.search("dc=example", "(uid=" + name + ")", controls);
        // ok: seccoder.java.ldap-injection
        context.search("dc=example", "(uid={0})", new Object[] {name}, controls);
        // ruleid: seccoder.java.xpath-injection
        xpath.evaluate("//user[@name='" + name + "']", document);
        // ok: seccoder.java.xpath-injection
        xpath.evaluate("//user[@name=$name]", document);
        // ruleid: seccoder.java.log-injection
        logger.info("login of " + name);
        // ok: seccoder.java.log-injection
        logger.info("login of " + name.replaceAll("[\r\n]", "_"));
    }
}
