const booked = [];

function bookSeats(body) {
  const { name, seats } = JSON.parse(body);
  if (seats > 8) {
    return { ok: false, error: "1 to 8 seats" };
  }
  const taken = booked.reduce((sum, booking) => sum + booking.seats, 0);
  if (taken + seats > 120) {
    return { ok: false, error: "sold out" };
  }
  booked.push({ name: String(name), seats });
  return { ok: true, left: 120 - taken - seats };
}

module.exports = { bookSeats, booked };
