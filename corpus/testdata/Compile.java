import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles every file by itself, all in one virtual machine, and prints what the compiler says.
 *
 * <p>Usage: Compile SOURCES FILE..., where SOURCES is a folder of other classes that the files use. What is
 * compiled goes to the working directory.
 */
public final class Compile {
    private static final Pattern PUBLIC = Pattern.compile("(?m)^public (?:final )?class (\\w+)");

    public static void main(String[] args) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        files.setLocation(StandardLocation.SOURCE_PATH, List.of(new File(args[0])));
        files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(new File(".")));
        List<String> options = List.of("-proc:none", "-implicit:none", "-Xlint:all,-serial");
        int wrong = 0;
        for (String path : List.of(args).subList(1, args.length)) {
            StringWriter said = new StringWriter();
            boolean ok = compiler.getTask(said, files, null, options, null, List.of(source(path))).call();
            if (!ok || said.getBuffer().length() > 0) {
                System.out.println(path + ": " + said);
                wrong++;
            }
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    /** A file must be named after its public class: the compiler is told so. */
    private static JavaFileObject source(String path) throws Exception {
        String code = Files.readString(Path.of(path));
        Matcher name = PUBLIC.matcher(code);
        URI uri = URI.create("string:///" + (name.find() ? name.group(1) : "Program") + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
