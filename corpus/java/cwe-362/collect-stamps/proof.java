import java.util.concurrent.CountDownLatch;

class Test {
    static void functionalCounts(Case t) {
        StampCard card = new StampCard();
        t.check(!card.stamp("ada", 3) && card.of("ada") == 3 && card.of("bo") == 0, "three");
        for (int i = 0; i < 3; i++) card.stamp("ada", 3);
        t.check(card.stamp("ada", 1), "ten or more");
    }

    static void exploitManyAtTheSameTime(Case t) throws Exception {
        StampCard card = new StampCard();
        int threads = 8, each = 40_000;
        CountDownLatch start = new CountDownLatch(1), end = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                try {
                    start.await();
                    for (int n = 0; n < each; n++) card.stamp("ada", 1);
                } catch (InterruptedException e) {
                    // the counts will not fit
                }
                end.countDown();
            }).start();
        }
        start.countDown();
        end.await();
        if (card.of("ada") != threads * each) t.exploited((threads * each - card.of("ada")) + " stamps were lost");
    }
}
