package jakarta.persistence;

/** As much of the interface as the entries use. */
public interface EntityManager {
    Query createQuery(String text);
}
