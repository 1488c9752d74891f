import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

public class Receiver {
    public static List<Double> receive(Socket station) throws IOException, ClassNotFoundException {
        station.setSoTimeout(5000);
        List<Double> values = new ArrayList<>();
        try (ObjectInputStream in = new ObjectInputStream(station.getInputStream())) {
            for (Object value : (List<?>) in.readObject()) {
                values.add(Math.max(-90, Math.min((Double) value, 90)));
            }
        }
        return values;
    }
}
