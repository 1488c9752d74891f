import java.io.*;
import java.util.*;

class Game {
    static class State implements Serializable {
        private static final long serialVersionUID = 1;
        int level;
        String player;

        State(String player, int level) {
            this.player = player;
            this.level = level;
        }
    }

    static byte[] save(State state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        return bytes.toByteArray();
    }

    /** Loads a game that was saved; players also send them to each other. */
    static State load(byte[] saved) throws IOException, ClassNotFoundException {
