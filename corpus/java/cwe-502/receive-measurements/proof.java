import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

class Test {
    /** Stands for any class of the server that does something when it is read. */
    static class Gadget extends ArrayList<Double> implements Serializable {
        static boolean ran;

        private void readObject(ObjectInputStream in) {
            ran = true;
        }
    }

    static List<Double> send(Object value) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket station = new Socket(server.getInetAddress(), server.getLocalPort());
                ObjectOutputStream out = new ObjectOutputStream(station.getOutputStream())) {
            out.writeObject(value);
            out.flush();
            return Receiver.receive(server.accept());
        }
    }

    static void functionalReceivesValues(Case t) throws Exception {
        List<Double> values = send(new ArrayList<>(List.of(1.5, 200.0)));
        t.check(values.equals(List.of(1.5, 90.0)), values.toString());
    }

    static void exploitAnotherClass(Case t) {
        t.attempt(() -> send(new Gadget()));
        if (Gadget.ran) t.exploited("code of a class that the sender named was run");
    }
}
