import java.util.List;

public class Coach {
    public record Booking(String name, int seat, String passport, String phone) {}

    public static String seatPlan(List<Booking> bookings) {
        StringBuilder plan = new StringBuilder();
        for (Booking booking : bookings) {
            // a record's toString prints every field: write the two that others may know
            plan.append("seat ").append(booking.seat()).append(": ").append(booking.name());
            plan.append(booking.seat() % 2 == 0 ? " (aisle)" : " (window)").append('\n');
        }
        return plan.toString();
    }
}
