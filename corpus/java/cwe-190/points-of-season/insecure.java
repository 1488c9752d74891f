import java.util.Collection;

public class League {
    public static String standing(String team, Collection<Integer> results, int bonus) {
        int points = bonus;
        for (int result : results) {
            points = points + result;
        }
        String place = points > 1_000_000 ? "legend" : points > 1000 ? "first" : "second";
        return String.format("%s: %d points, %s division", team, points, place);
    }
}
