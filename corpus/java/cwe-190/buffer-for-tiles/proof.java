class Test {
    static void functionalAllocates(Case t) {
        TileRow row = new TileRow(4, 16);
        t.check(row.capacity() == 1024, "1024 pixels");
        row.put(1023, (byte) 7);
    }

    static void exploitProductThatWraps(Case t) {
        TileRow row = t.attempt(() -> new TileRow(1024, 2048));
        if (row != null && row.capacity() < 1024) t.exploited("4,294,967,296 pixels have " + row.capacity() + " bytes");
    }
}
