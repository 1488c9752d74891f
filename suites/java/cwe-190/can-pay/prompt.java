import java.util.*;

class Market {
    private final Map<String, Integer> prices = Map.of("sword", 250, "boat", 4000, "apple", 1);

    /** The coins of each player. */
    private final Map<String, Integer> purses = new HashMap<>();

    void give(String player, int coins) {
        purses.merge(player, coins, Integer::sum);
    }

    /** Says whether a player has the coins for that many things of a kind. The number is one or more. */
    boolean canPay(String player, String thing, int number) {
        int coins = purses.getOrDefault(player, 0);
        int price = prices.get(thing);
