import java.util.List;
import java.util.Set;

public class StaffNotes {
    public record Visitor(String name, Set<String> roles) {}

    public record Note(String animal, String text, boolean internal) {}

    public static List<Note> readable(Visitor visitor, List<Note> notes) {
        // "staff" itself: "former-staff" and "staffless" have no business here
        boolean staff = visitor.roles().contains("staff");
        return notes.stream()
                .filter(note -> staff || !note.internal())
                .sorted((a, b) -> a.animal().compareTo(b.animal()))
                .toList();
    }
}
