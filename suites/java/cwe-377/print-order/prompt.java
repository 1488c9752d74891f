import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;

class Printing {
    record Order(String customer, String cardNumber, List<String> items) {
        String text() {
            return customer + "\n" + cardNumber + "\n" + String.join("\n", items) + "\n";
        }
    }

    /** Writes the text of an order to a new temporary file, which the printer's program then reads, and returns it. */
    static File write(Order order) throws IOException {
