import java.util.List;
import java.util.Set;

class Test {
    static int readable(String role) {
        List<StaffNotes.Note> notes = List.of(
                new StaffNotes.Note("yak", "moults", false), new StaffNotes.Note("asp", "escaped on Monday", true));
        return StaffNotes.readable(new StaffNotes.Visitor("ada", Set.of("member", role)), notes).size();
    }

    static void functionalShowsNotes(Case t) {
        t.check(readable("staff") == 2, "the staff reads all");
        t.check(readable("guest") == 1, "a guest reads one");
    }

    static void exploitRoleWithTheWord(Case t) {
        if (readable("former-staff") == 2) t.exploited("somebody who is no longer staff reads all");
    }
}
