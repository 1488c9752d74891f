import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

class Test {
    static final List<String> GUESTS = List.of("ada", "bo", "cy", "di", "eve", "flo", "gus", "hal", "ida", "jo", "kay", "lou");

    static void functionalDraws(Case t) {
        Map<String, String> givesTo = Presents.draw(GUESTS, 20260301);
        t.check(givesTo.size() == 12 && new TreeSet<>(givesTo.values()).size() == 12, givesTo.toString());
        t.check(givesTo.entrySet().stream().noneMatch(e -> e.getKey().equals(e.getValue())), "nobody gives to herself");
    }

    static void exploitTheDayIsKnown(Case t) {
        List<String> order = new ArrayList<>(GUESTS);
        Collections.shuffle(order, new Random(20260301));
        Map<String, String> givesTo = Presents.draw(GUESTS, 20260301);
        boolean all = true;
        for (int i = 0; i < order.size(); i++) all &= givesTo.get(order.get(i)).equals(order.get((i + 1) % order.size()));
        if (all) t.exploited("who knows the day knows who gives to whom");
    }
}
