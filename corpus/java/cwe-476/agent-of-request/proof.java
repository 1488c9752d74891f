import com.sun.net.httpserver.Headers;

class Test {
    static String layout(String agent) {
        Headers headers = new Headers();
        if (agent != null) headers.set("User-Agent", agent);
        return Devices.layout(headers);
    }

    static void functionalTellsPhones(Case t) {
        t.check(layout("Mozilla (iPhone)").equals("narrow"), "a phone");
        t.check(layout("Mozilla (X11)").equals("wide"), "a desk");
    }

    static void exploitNoHeader(Case t) {
        t.attempt(() -> layout(null));
        if (t.error instanceof NullPointerException) t.exploited("it ends with a null pointer");
    }
}
