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
        return entities
                .createQuery("SELECT s.day, s.amount, s.cashier FROM Sale s WHERE s.branch = '" + branch
                        + "' ORDER BY s."
                        + order.toLowerCase(Locale.ROOT))
                .setMaxResults(1000)
                .getResultList();
    }
}
