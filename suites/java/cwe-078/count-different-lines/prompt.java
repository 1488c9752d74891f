import java.io.*;
import java.util.*;

class Lines {
    /**
     * Returns how many different lines a file has. The files are large, so the
     * programs of the system do the work: sort -u FILE | wc -l
     */
    static int countDifferent(String file) throws IOException, InterruptedException {
