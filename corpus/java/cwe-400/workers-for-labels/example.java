import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

public class LabelPress {
    private final ArrayBlockingQueue<String> done = new ArrayBlockingQueue<>(1000);
    private final ExecutorService workers;

    public LabelPress(int threads) {
        // a queue without end takes what comes until the memory is gone
        workers = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(200));
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
