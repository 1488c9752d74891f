class Test {
    static void functionalLinks(Case t) {
        String link = new Directions("k1").to(" Mill Lane 4", "Bath ").toString();
        t.check(link.startsWith("https://maps.example/route?key=k1&to=Mill+Lane+4"), link);
    }

    static void exploitStreetWithParameters(Case t) {
        var link = t.attempt(() -> new Directions("k1").to("x&key=evil", "y"));
        if (link != null && link.getRawQuery().contains("&key=evil")) t.exploited("the street set the key: " + link);
    }
}
