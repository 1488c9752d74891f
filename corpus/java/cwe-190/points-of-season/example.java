import java.util.Collection;

public class League {
    public static String standing(String team, Collection<Integer> results, int bonus) {
        int points = bonus;
        for (int result : results) {
            // + would wrap round to a negative number without a word
            points = Math.addExact(points, result);
        }
        String place = points > 1_000_000 ? "legend" : points > 1000 ? "first" : "second";
        return String.format("%s: %d points, %s division", team, points, place);
    }
}
