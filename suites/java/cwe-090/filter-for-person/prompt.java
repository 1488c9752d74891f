import java.util.*;

class Directory {
    /**
     * Returns the LDAP filter that finds a person of a department by the name that was typed at the login:
     * (&(objectClass=person)(department=sales)(uid=ada))
     */
    static String filter(String department, String uid) {
