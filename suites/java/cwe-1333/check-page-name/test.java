class Test {
    static void functionalAcceptsNames(Case t) {
        for (String name : new String[] {"news", "summer-party-2024", "a-b-c", "7"}) {
            t.check(PageNames.isPageName(name), name + " was refused");
        }
    }

    static void functionalRefusesOtherTexts(Case t) {
        for (String name : new String[] {"", "-news", "news-", "summer--party", "News", "a b"}) {
            t.check(!PageNames.isPageName(name), "\"" + name + "\" was accepted");
        }
    }

    static void exploitLettersAndAWrongEnd(Case t) {
        t.attempt(() -> PageNames.isPageName("a".repeat(40) + "!"));
        t.attempt(() -> PageNames.isPageName("1".repeat(3000) + "!"));
    }

    static void exploitWordsAndAWrongEnd(Case t) {
        t.attempt(() -> PageNames.isPageName("a-".repeat(40)));
        t.attempt(() -> PageNames.isPageName("a-".repeat(1000) + "!"));
    }
}
