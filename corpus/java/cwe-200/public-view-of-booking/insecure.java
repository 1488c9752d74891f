import java.util.List;

public class Coach {
    public record Booking(String name, int seat, String passport, String phone) {}

    public static String seatPlan(List<Booking> bookings) {
        StringBuilder plan = new StringBuilder();
        for (Booking booking : bookings) {
            plan.append(booking);
            plan.append(booking.seat() % 2 == 0 ? " (aisle)" : " (window)").append('\n');
        }
        return plan.toString();
    }
}
