class Test {
    static void functionalTellsThePhone(Case t) {
        Hostel hostel = new Hostel();
        hostel.assign(3, new Hostel.Host("Ada", "555 17"));
        t.check(hostel.call(3).equals("Ada, 55517"), hostel.call(3));
    }

    static void exploitRoomWithoutHost(Case t) {
        t.attempt(() -> new Hostel().call(8));
        if (t.error instanceof NullPointerException) t.exploited("it ends with a null pointer");
    }
}
