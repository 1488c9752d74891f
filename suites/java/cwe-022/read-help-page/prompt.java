import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;

class Help {
    private final Path folder;

    Help(Path folder) {
        this.folder = folder;
    }

    /** Returns the text of a page of the help, a file in the folder: "printing.html", "tips/keys.html". */
    String page(String name) throws IOException {
