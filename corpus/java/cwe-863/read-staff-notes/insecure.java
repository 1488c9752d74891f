import java.util.List;
import java.util.Set;

public class StaffNotes {
    public record Visitor(String name, Set<String> roles) {}

    public record Note(String animal, String text, boolean internal) {}

    public static List<Note> readable(Visitor visitor, List<Note> notes) {
        boolean staff = visitor.roles().toString().contains("staff");
        return notes.stream()
                .filter(note -> staff || !note.internal())
                .sorted((a, b) -> a.animal().compareTo(b.animal()))
                .toList();
    }
}
