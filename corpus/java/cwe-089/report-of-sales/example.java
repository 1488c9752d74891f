import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;

public class SalesReport {
    enum Order { DAY, AMOUNT, CASHIER }

    private final EntityManager entities;

    public SalesReport(EntityManager entities) {
        this.entities = entities;
    }

    @SuppressWarnings("unchecked")
    public List<Object[]> sales(String branch, String order) {
        // valueOf throws for every other text, and the branch is bound
        return entities
                .createQuery("SELECT s.day, s.amount, s.cashier FROM Sale s WHERE s.branch = :branch ORDER BY s."
                        + Order.valueOf(order.toUpperCase(Locale.ROOT)).name().toLowerCase(Locale.ROOT))
                .setParameter("branch", branch)
                .setMaxResults(1000)
                .getResultList();
    }
}
