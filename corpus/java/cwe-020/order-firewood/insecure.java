import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

public class Firewood {
    private static final Map<String, BigDecimal> PRICES =
            Map.of("beech", new BigDecimal("98.50"), "birch", new BigDecimal("91"));

    public static BigDecimal price(String wood, String cubicMetres) {
        BigDecimal price = PRICES.get(wood);
        if (price == null) {
            throw new IllegalArgumentException("there is no " + wood);
        }
        BigDecimal amount = new BigDecimal(cubicMetres);
        if (amount.compareTo(BigDecimal.TEN) > 0) {
            throw new IllegalArgumentException("up to ten cubic metres");
        }
        return price.multiply(amount).setScale(2, RoundingMode.HALF_UP);
    }
}
