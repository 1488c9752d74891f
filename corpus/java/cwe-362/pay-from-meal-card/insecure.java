import java.util.function.IntPredicate;

public class MealCard {
    private int cents;

    public MealCard(int cents) {
        this.cents = cents;
    }

    public boolean pay(int price, IntPredicate till) {
        if (price <= 0 || price > cents) {
            return false;
        }
        if (!till.test(price)) {
            return false;
        }
        cents -= price;
        return true;
    }

    public synchronized int cents() {
        return cents;
    }
}
