import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class Test {
    static void functionalPays(Case t) {
        MealCard card = new MealCard(700);
        t.check(card.pay(450, price -> true) && card.cents() == 250, "paid");
        t.check(!card.pay(450, price -> true) && card.cents() == 250, "too little");
        t.check(!card.pay(100, price -> false) && card.cents() == 250, "the till refuses");
    }

    static void exploitTwoTills(Case t) throws Exception {
        MealCard card = new MealCard(500);
        CountDownLatch both = new CountDownLatch(2), end = new CountDownLatch(2);
        AtomicInteger paid = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            new Thread(() -> {
                boolean ok = card.pay(500, price -> {
                    both.countDown();
                    try {
                        both.await(300, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        return false;
                    }
                    return true;
                });
                if (ok) paid.incrementAndGet();
                end.countDown();
            }).start();
        }
        end.await();
        if (paid.get() == 2) t.exploited("5.00 were spent twice; the card holds " + card.cents());
    }
}
