import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptException;
import javax.script.SimpleBindings;

class Test {
    /** Runs JavaScript in Node, since no JDK has an engine: a script can use its modules, as it can use Java's classes in Nashorn. */
    public static class Node extends AbstractScriptEngine {
        private static final String PROGRAM = "const [script, ...pairs] = process.argv.slice(1);"
                + "while (pairs.length > 0) globalThis[pairs.shift()] = Number(pairs.shift()); console.log((0, eval)(script));";

        @Override
        public Object eval(String script, ScriptContext context) throws ScriptException {
            List<String> command = new ArrayList<>(List.of("node", "-e", PROGRAM, script));
            context.getBindings(ScriptContext.ENGINE_SCOPE).forEach((name, value) -> command.addAll(List.of(name, value.toString())));
            try {
                Process node = new ProcessBuilder(command).start();
                String said = new String(node.getInputStream().readAllBytes()).strip();
                if (node.waitFor() != 0) throw new ScriptException("the script failed");
                return said;
            } catch (IOException | InterruptedException e) {
                throw new ScriptException(e.toString());
            }
        }

        @Override
        public Object eval(Reader reader, ScriptContext context) throws ScriptException {
            try {
                StringWriter script = new StringWriter();
                reader.transferTo(script);
                return eval(script.toString(), context);
            } catch (IOException e) {
                throw new ScriptException(e);
            }
        }

        @Override
        public Bindings createBindings() {
            return new SimpleBindings();
        }

        @Override
        public ScriptEngineFactory getFactory() {
            return new Factory();
        }
    }

    public static class Factory implements ScriptEngineFactory {
        public String getEngineName() { return "node"; }
        public String getEngineVersion() { return "1"; }
        public List<String> getExtensions() { return List.of("js"); }
        public List<String> getMimeTypes() { return List.of("text/javascript"); }
        public List<String> getNames() { return List.of("javascript"); }
        public String getLanguageName() { return "ECMAScript"; }
        public String getLanguageVersion() { return "1"; }
        public Object getParameter(String key) { return null; }
        public String getMethodCallSyntax(String object, String method, String... arguments) { return ""; }
        public String getOutputStatement(String text) { return ""; }
        public String getProgram(String... statements) { return ""; }
        public ScriptEngine getScriptEngine() { return new Node(); }
    }

    /** The price of 80 by a voucher of 10, with the engine among the services of this thread. */
    private static BigDecimal reduced(Case t, String kind) throws Exception {
        Path services = Files.createDirectories(t.dir.resolve("META-INF/services"));
        Files.writeString(services.resolve("javax.script.ScriptEngineFactory"), Factory.class.getName());
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {t.dir.toUri().toURL()}, Test.class.getClassLoader()));
        return t.attempt(() -> Vouchers.reduced(BigDecimal.valueOf(80), kind, 10));
    }

    static void functionalReducesThePrice(Case t) throws Exception {
        // a voucher names its discount by a word, or by a formula, as the program has it
        BigDecimal price = reduced(t, "percent");
        if (price == null) price = reduced(t, "price - price * value / 100");
        t.check(price != null && price.compareTo(BigDecimal.valueOf(72)) == 0, price + ", " + t.error);
    }

    static void exploitAProgramForADiscount(Case t) throws Exception {
        reduced(t, "require('fs').writeFileSync('" + t.dir.resolve("pwned") + "', ''), 0");
        if (Files.exists(t.dir.resolve("pwned"))) t.exploited("the program of a voucher was run");
    }
}
