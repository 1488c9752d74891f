import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles program.java with test.java and runs the cases, each in a thread and a class loader of its own.
 *
 * <p>Usage: Harness CPU_SECONDS &lt; nonce. Every line that counts begins with the nonce; what the
 * program prints goes elsewhere.
 */
public final class Harness {
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final String nonce;
    private final int cpuSeconds;
    private final Map<String, byte[]> classes = new HashMap<>();

    private Harness(String nonce, int cpuSeconds) {
        this.nonce = nonce;
        this.cpuSeconds = cpuSeconds;
    }

    public static void main(String[] args) throws Exception {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c; (c = System.in.read()) > 0 && c != '\n'; ) line.write(c);
        new Harness(line.toString(StandardCharsets.UTF_8).strip(), Integer.parseInt(args[0])).run();
        Runtime.getRuntime().halt(0);
    }

    private void run() throws Exception {
        // What is no UTF-8 becomes the replacement character, which the compiler refuses.
        String program = new String(Files.readAllBytes(Path.of("program.java")), StandardCharsets.UTF_8);
        String test = Files.readString(Path.of("test.java"));
        String wrong = compile(program, test);
        if (wrong != null) {
            String alone = compile(program, null);
            say(alone != null ? "{\"invalid\":" + quote(alone) + "}" : "{\"mismatch\":" + quote(wrong) + "}");
            return;
        }
        // A program that calls System.exit waits here for ever, and is seen to do so.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            while (true) {
                try {
                    Thread.sleep(1000);
                } catch (InterruptedException ignored) {
                    // The virtual machine ends by halt.
                }
            }
        }));
        List<String> names = new ArrayList<>();
        for (Method m : loader().loadClass("Test").getDeclaredMethods()) {
            if (Modifier.isStatic(m.getModifiers()) && m.getName().matches("(functional|exploit)[A-Z0-9].*")) names.add(m.getName());
        }
        names.sort(Comparator.comparingInt(name -> test.indexOf(" " + name)));
        int late = 0;
        for (String name : names) {
            if (runCase(name).equals("timeout") && ++late == 2) {
                say("{\"cut\":\"two cases did not end in time, so the others were not run\"}");
                return;
            }
        }
        say("{\"done\":" + names.size() + "}");
    }

    /** Runs one case and returns its outcome. */
    private String runCase(String method) throws Exception {
        String kind = method.startsWith("exploit") ? "exploit" : "functional";
        String name = method.substring(kind.length()).replaceAll("([A-Z])", " $1").strip().toLowerCase(Locale.ROOT);
        String title = "\"kind\":\"" + kind + "\",\"case\":" + quote(name);
        say("{\"start\":{" + title + "}}");
        Path outer = Files.createTempDirectory(Path.of("/tmp"), "case-");
        Case one = new Case(Files.createDirectory(outer.resolve("here")));
        PrintStream printed = new PrintStream(new FileOutputStream(outer.resolve("output").toFile()), true);
        System.setOut(printed);
        System.setErr(printed);
        Throwable[] thrown = new Throwable[1];
        ClassLoader loader = loader();
        Thread worker = new Thread(() -> {
            try {
                Method m = loader.loadClass("Test").getDeclaredMethod(method, Case.class);
                m.setAccessible(true);
                m.invoke(null, one);
            } catch (InvocationTargetException e) {
                thrown[0] = e.getCause();
            } catch (Throwable e) {
                thrown[0] = e;
            }
        });
        worker.setDaemon(true);
        worker.setContextClassLoader(loader);
        worker.start();
        String outcome = watch(worker), detail = "";
        Throwable t = thrown[0];
        if (one.evidence != null) {
            outcome = "exploited";
            detail = one.evidence;
        } else if (one.failure != null) {
            outcome = "failed";
            detail = one.failure;
        } else if (outcome.equals("timeout")) {
            detail = "it had not ended after " + cpuSeconds + " s of processor time or thrice that and 2 s of waiting";
        } else if (outcome.equals("exited")) {
            detail = "the program called System.exit";
        } else if (t != null) {
            outcome = t instanceof StackOverflowError ? "overflow" : t instanceof OutOfMemoryError ? "memory" : "failed";
            detail = t.toString();
        }
        if (detail.length() > 2000) detail = detail.substring(0, 2000);
        say("{" + title + ",\"outcome\":\"" + outcome + "\",\"reached\":" + one.reached + ",\"detail\":" + quote(detail) + "}");
        return outcome;
    }

    /** Waits for the end of the case's thread, or for what stands for it. */
    @SuppressWarnings({"deprecation", "removal"})
    private String watch(Thread worker) throws Exception {
        ThreadMXBean times = ManagementFactory.getThreadMXBean();
        long late = System.nanoTime() + (3L * cpuSeconds + 2) * 1_000_000_000L;
        while (true) {
            worker.join(10);
            if (!worker.isAlive()) return "ok";
            for (StackTraceElement frame : worker.getStackTrace()) {
                if (frame.getClassName().equals("java.lang.Shutdown")) return "exited";
            }
            if (System.nanoTime() > late || times.getThreadCpuTime(worker.getId()) > cpuSeconds * 1_000_000_000L) {
                try {
                    worker.stop();
                } catch (UnsupportedOperationException newer) {
                    // It goes on in the background and ends with this process.
                }
                return "timeout";
            }
        }
    }

    private ClassLoader loader() {
        return new ClassLoader(Harness.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] code = classes.get(name);
                if (code == null) throw new ClassNotFoundException(name);
                return defineClass(name, code, 0, code.length);
            }
        };
    }

    private static final Pattern PUBLIC = Pattern.compile("(?m)^public\\s+(?:(?:final|abstract|sealed|strictfp)\\s+)*(?:class|interface|record|enum)\\s+(\\w+)");

    private static JavaFileObject source(String text, String otherwise) {
        Matcher m = PUBLIC.matcher(text);
        String name = m.find() ? m.group(1) : otherwise;
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignore) {
                return text;
            }
        };
    }

    /** Compiles into classes; returns the first errors, or null. */
    private String compile(String program, String test) throws Exception {
        classes.clear();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<JavaFileObject> sources = new ArrayList<>();
        sources.add(source(program, "Program"));
        if (test != null) sources.add(source(test, "Test"));
        JavaFileManager files = new ForwardingJavaFileManager<>(compiler.getStandardFileManager(found, null, StandardCharsets.UTF_8)) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location l, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return new ByteArrayOutputStream() {
                            @Override
                            public void close() {
                                classes.put(name, toByteArray());
                            }
                        };
                    }
                };
            }
        };
        boolean ok;
        try {
            ok = compiler.getTask(null, files, found, List.of("-proc:none", "-nowarn", "-Xlint:none"), null, sources).call();
        } catch (RuntimeException | StackOverflowError e) {
            return "the compiler failed: " + e;
        }
        if (ok) return null;
        StringBuilder text = new StringBuilder();
        for (Diagnostic<? extends JavaFileObject> d : found.getDiagnostics()) {
            if (d.getKind() != Diagnostic.Kind.ERROR || text.length() > 600) continue;
            String file = d.getSource() == null ? "" : d.getSource().getName().substring(1) + ":" + d.getLineNumber() + ": ";
            text.append(text.length() > 0 ? "; " : "").append(file).append(d.getMessage(Locale.ROOT).replace('\n', ' '));
        }
        return text.toString();
    }

    private void say(String json) {
        out.println(nonce + " " + json);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < 0x20 || c > 0x7e) quoted.append(String.format("\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
