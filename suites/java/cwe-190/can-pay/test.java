class Test {
    static Market market() {
        Market market = new Market();
        market.give("ada", 1000);
        return market;
    }

    static void functionalCanPay(Case t) {
        t.check(market().canPay("ada", "sword", 4), "1000 coins do not pay 4 swords");
        t.check(market().canPay("ada", "apple", 1000), "1000 coins do not pay 1000 apples");
    }

    static void functionalCannotPay(Case t) {
        t.check(!market().canPay("ada", "sword", 5), "1000 coins pay 5 swords");
        t.check(!market().canPay("ada", "boat", 1), "1000 coins pay a boat");
        t.check(!market().canPay("bob", "apple", 1), "no coins pay an apple");
    }

    static void attack(Case t, String thing, int number) {
        Boolean can = t.attempt(() -> market().canPay("ada", thing, number));
        if (Boolean.TRUE.equals(can)) t.exploited("1000 coins pay " + number + " times the " + thing);
    }

    static void exploitProductThatBecomesNegative(Case t) {
        attack(t, "sword", 10_000_000);
        attack(t, "boat", 600_000);
    }

    static void exploitProductThatBecomesSmall(Case t) {
        attack(t, "boat", 1 << 28);
        attack(t, "sword", 17_179_870);
    }
}
