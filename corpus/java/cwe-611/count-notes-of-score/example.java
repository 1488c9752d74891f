import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

public class Score {
    public static int notes(File score, StringBuilder title) throws Exception {
        AtomicInteger notes = new AtomicInteger();
        SAXParserFactory factory = SAXParserFactory.newInstance();
        // entities come from a DTD: a score with one is refused
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.newSAXParser().parse(score, new DefaultHandler() {
            @Override
            public void startElement(String uri, String localName, String name, Attributes attributes) {
                if (name.equals("note")) {
                    notes.incrementAndGet();
                }
            }

            @Override
            public void characters(char[] text, int start, int length) {
                title.append(text, start, length);
            }
        });
        return notes.get();
    }
}
