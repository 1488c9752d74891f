import java.io.StringReader;
import javax.xml.parsers.*;
import org.xml.sax.InputSource;

class Test {
    static Club club() throws Exception {
        String xml = "<members><member><name>ada</name><pin>1815</pin><phone>555-17</phone></member>"
            + "<member><name>grace</name><pin>1906</pin><phone>555-23</phone></member></members>";
        return new Club(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml))));
    }

    static void functionalFindsTheNumber(Case t) throws Exception {
        String phone = club().phone("grace", "1906");
        t.check(phone != null && phone.strip().equals("555-23"), "the number is " + phone);
    }

    static void functionalFindsNothing(Case t) throws Exception {
        String phone = club().phone("grace", "1815");
        t.check(phone == null || phone.isEmpty(), "the number is " + phone);
    }

    static void attack(Case t, String name, String pin) throws Exception {
        Club club = club();
        String phone = t.attempt(() -> club.phone(name, pin));
        if (phone != null && phone.contains("555-")) t.exploited("the name " + name + " and the PIN " + pin + " give the number " + phone);
    }

    static void exploitPinThatIsAlwaysTrue(Case t) throws Exception {
        attack(t, "ada", "' or '1'='1");
        attack(t, "ada", "\" or \"1\"=\"1");
    }

    static void exploitNameThatIsAlwaysTrue(Case t) throws Exception {
        attack(t, "x' or '1'='1' or '1'='1", "x");
        attack(t, "x\" or \"1\"=\"1\" or \"1\"=\"1", "x");
    }
}
