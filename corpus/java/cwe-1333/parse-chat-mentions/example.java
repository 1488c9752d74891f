import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Mentions {
    // ++ keeps what it has taken, so a message that does not match is given up at once
    private static final Pattern LIST = Pattern.compile("(?:@\\w++\\s*+)++");
    private static final Pattern NAME = Pattern.compile("@(\\w+)");

    public static boolean onlyMembers(String message, Set<String> members) {
        if (!LIST.matcher(message).matches()) {
            return false;
        }
        Matcher names = NAME.matcher(message);
        while (names.find()) {
            if (!members.contains(names.group(1))) {
                return false;
            }
        }
        return true;
    }
}
