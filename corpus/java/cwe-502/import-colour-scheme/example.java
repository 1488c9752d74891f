import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

public class ColourScheme {
    public static Map<String, Integer> read(InputStream scheme) throws IOException {
        // properties are texts; XMLDecoder would call whatever methods the file names
        Properties entries = new Properties();
        entries.load(scheme);
        Map<String, Integer> colours = new TreeMap<>();
        entries.forEach((element, colour) -> colours.put((String) element, Integer.decode((String) colour)));
        return colours;
    }
}
