import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public class LabelPress {
    private final ArrayBlockingQueue<String> done = new ArrayBlockingQueue<>(1000);
    private final ExecutorService workers;

    public LabelPress(int threads) {
        workers = Executors.newFixedThreadPool(threads);
    }

    public void print(Runnable press, String label) {
        workers.execute(() -> {
            press.run();
            done.offer(label);
        });
    }

    public void close() {
        workers.shutdownNow();
    }
}
