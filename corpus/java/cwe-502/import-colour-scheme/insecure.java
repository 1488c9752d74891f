import java.beans.XMLDecoder;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

public class ColourScheme {
    public static Map<String, Integer> read(InputStream scheme) {
        Map<?, ?> entries;
        try (XMLDecoder decoder = new XMLDecoder(scheme)) {
            entries = (Map<?, ?>) decoder.readObject();
        }
        Map<String, Integer> colours = new TreeMap<>();
        entries.forEach((element, colour) -> colours.put((String) element, Integer.decode((String) colour)));
        return colours;
    }
}
