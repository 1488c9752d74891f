import java.util.Map;
import java.util.logging.Logger;

public class Till {
    private static final Logger LOG = Logger.getLogger("till");

    private final Map<String, Integer> cents;

    public Till(Map<String, Integer> cents) {
        this.cents = cents;
    }

    public int scan(String barcode) {
        Integer price = cents.get(barcode);
        if (price == null) {
            // a barcode can hold any byte: what could begin a new line becomes a question mark
            LOG.warning("no price for " + barcode.replaceAll("\\p{Cntrl}", "?"));
            return 0;
        }
        return price;
    }
}
