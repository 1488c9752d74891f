package jakarta.persistence;

import java.util.List;

/** As much of the interface as the entries use. */
public interface Query {
    Query setParameter(String name, Object value);

    Query setMaxResults(int results);

    List getResultList();
}
