import com.sun.source.util.JavacTask;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Says whether two programs have the same syntax tree. Each line on standard input
 * holds two programs in base64, with a comma between them; each answer is a line:
 * "same", or what is different.
 */
class SameTree {
    static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    static String tree(String source) throws Exception {
        var file = new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var task = (JavacTask) COMPILER.getTask(null, null, diagnostics, null, null, List.of(file));
        var tree = task.parse().iterator().next().toString();
        for (var diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                throw new IllegalArgumentException(diagnostic.getMessage(null).replace('\n', ' '));
            }
        }
        return tree;
    }

    public static void main(String[] args) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null; ) {
            var parts = line.split(",");
            var answer = "same";
            try {
                var shown = tree(new String(Base64.getDecoder().decode(parts[0]), StandardCharsets.UTF_8));
                var alone = tree(new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8));
                if (!shown.equals(alone)) {
                    answer = "another tree";
                }
            } catch (IllegalArgumentException e) {
                answer = "does not parse: " + e.getMessage();
            }
            System.out.println(answer);
        }
    }
}
