function seatingPlan(query) {
  const rows = Number(query.rows);
  const seats = Number(query.seats);
  // both come from the request, and rows times seats is what is allocated
  if (!Number.isInteger(rows) || !Number.isInteger(seats) || rows < 1 || rows > 200 || seats < 1 || seats > 200) {
    throw new RangeError("1 to 200 rows of 1 to 200 seats");
  }
  return Array.from({ length: rows }, (_, row) => ({
    row: row + 1,
    seats: new Array(seats).fill("free"),
  }));
}

module.exports = { seatingPlan };
