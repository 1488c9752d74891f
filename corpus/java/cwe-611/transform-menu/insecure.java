import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

public class Menu {
    public static String toText(String menu, String styleSheet) throws TransformerException {
        TransformerFactory factory = TransformerFactory.newInstance();
        StringWriter text = new StringWriter();
        factory.newTransformer(new StreamSource(new StringReader(styleSheet)))
                .transform(new StreamSource(new StringReader(menu)), new StreamResult(text));
        return text.toString().strip();
    }
}
