import java.util.concurrent.CountDownLatch;

class Test {
    static void functionalPrints(Case t) throws Exception {
        LabelPress press = new LabelPress(1);
        CountDownLatch printed = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) press.print(printed::countDown, "label");
        printed.await();
        press.close();
    }

    static void exploitPressThatIsStuck(Case t) {
        LabelPress press = new LabelPress(1);
        CountDownLatch never = new CountDownLatch(1);
        Runnable stuck = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                // closed
            }
        };
        t.attempt(() -> {
            for (int i = 0; i < 20_000; i++) press.print(stuck, "label");
        });
        boolean all = t.error == null;
        press.close();
        if (all) t.exploited("20,000 labels wait in memory");
    }
}
