import java.util.*;
import javax.xml.xpath.*;
import org.w3c.dom.*;

class Club {
    private final Document members;

    /** @param members <members><member><name>ada</name><pin>1815</pin><phone>555-17</phone></member> … </members> */
    Club(Document members) {
        this.members = members;
    }

    /** Returns the phone number of the member with this name and PIN, both as they were typed; "" if there is none. */
    String phone(String name, String pin) throws XPathExpressionException {
        XPath xpath = XPathFactory.newInstance().newXPath();
