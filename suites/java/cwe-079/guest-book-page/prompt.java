import java.util.*;
import java.util.function.*;

class GuestBook {
    record Entry(String name, String message) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(String name, String message) {
        entries.add(new Entry(name, message));
    }

    /** Returns the page as HTML. Each entry is a paragraph, with the name in bold before the message. */
    String toHtml() {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html><html><head><title>Our guests</title></head><body>\n");
