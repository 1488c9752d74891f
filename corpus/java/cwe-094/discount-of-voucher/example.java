import java.math.BigDecimal;

public class Vouchers {
    public static BigDecimal reduced(BigDecimal price, String kind, int amount) {
        BigDecimal value = BigDecimal.valueOf(amount);
        // a closed list: what is not in it is an error and no program
        BigDecimal result = switch (kind) {
            case "percent" -> price.subtract(price.multiply(value).movePointLeft(2));
            case "minus" -> price.subtract(value);
            case "fixed" -> value;
            default -> throw new IllegalArgumentException("no discount " + kind);
        };
        return result.max(BigDecimal.ZERO);
    }
}
