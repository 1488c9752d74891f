class Test {
    static String page(String name, String message) {
        GuestBook book = new GuestBook();
        book.add("Grace", "Nice to be here");
        book.add(name, message);
        return book.toHtml();
    }

    static void functionalShowsAllEntries(Case t) {
        String page = page("Ada", "See you soon");
        for (String text : new String[] {"Grace", "Nice to be here", "Ada", "See you soon", "<b>", "<p"}) {
            t.check(page.contains(text), text + " is not in the page " + page);
        }
    }

    static void attack(Case t, String name, String message) {
        String page = t.attempt(() -> page(name, message));
        for (String text : new String[] {name, message}) {
            if (page != null && text.startsWith("<") && page.contains(text)) t.exploited(text + " stands in the page as it was written");
        }
    }

    static void exploitScriptInAMessage(Case t) {
        attack(t, "Eve", "<script>alert(1)</script>");
    }

    static void exploitPictureInAName(Case t) {
        attack(t, "<img src=x onerror=alert(1)>", "hello");
    }
}
