import java.util.function.IntPredicate;

public class MealCard {
    private int cents;

    public MealCard(int cents) {
        this.cents = cents;
    }

    // from the comparison to the new credit no other till may be in here
    public synchronized boolean pay(int price, IntPredicate till) {
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
