import jakarta.persistence.EntityManager;

public class CallSigns {
    public static boolean isTaken(EntityManager entities, String sign, int region) {
        // both are bound by name: a quotation mark in the sign ends no text
        return !entities.createQuery("SELECT s.id, s.sign FROM Station s WHERE s.sign = :sign AND s.region = :region")
                .setParameter("sign", sign)
                .setParameter("region", region)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
