import java.math.BigDecimal;

class Test {
    static void functionalTellsThePrice(Case t) {
        t.check(Firewood.price("beech", "2.5").equals(new BigDecimal("246.25")), "the price");
        t.attempt(() -> Firewood.price("beech", "11"));
        t.check(t.error != null, "eleven are too many");
    }

    static void exploitNegativeAmount(Case t) {
        BigDecimal price = t.attempt(() -> Firewood.price("birch", "-3"));
        if (price != null && price.signum() < 0) t.exploited("the order costs " + price);
    }
}
