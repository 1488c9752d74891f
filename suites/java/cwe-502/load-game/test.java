import java.io.*;

/** Stands for a class on the server that does something when it is read. */
class Trap implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        System.setProperty("test.trap", "sprung");
    }
}

class Test {
    static void functionalLoadsAGame(Case t) throws Exception {
        Game.State state = Game.load(Game.save(new Game.State("Ada", 7)));
        t.check(state != null && state.level == 7 && "Ada".equals(state.player), "the game is another one");
    }

    static byte[] written(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    static void attack(Case t, Object object) throws Exception {
        System.clearProperty("test.trap");
        byte[] saved = written(object);
        t.attempt(() -> Game.load(saved));
        if (System.getProperty("test.trap") != null) t.exploited("code of a class that is no saved game was run while it was read");
    }

    static void exploitOtherObject(Case t) throws Exception {
        attack(t, new Trap());
    }

    static void exploitObjectInAList(Case t) throws Exception {
        attack(t, new java.util.ArrayList<>(java.util.List.of(new Trap())));
    }
}
