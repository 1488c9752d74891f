function seatingPlan(query) {
  const rows = Number(query.rows);
  const seats = Number(query.seats);
  return Array.from({ length: rows }, (_, row) => ({
    row: row + 1,
    seats: new Array(seats).fill("free"),
  }));
}

module.exports = { seatingPlan };
