import jakarta.persistence.EntityManager;

public class CallSigns {
    public static boolean isTaken(EntityManager entities, String sign, int region) {
        return !entities.createQuery("SELECT s.id, s.sign FROM Station s WHERE s.sign = '" + sign + "' AND s.region = " + region)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
