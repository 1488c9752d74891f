function listLots(db, auction, order) {
  // a column cannot be a parameter: only one of these three texts gets into the statement
  const column = { price: "price DESC", ends: "ends_at", title: "title" }[order] ?? "lot_number";
  const statement = db.prepare(
    `SELECT lot_number, title, price FROM lots WHERE auction = ? AND sold = 0 ORDER BY ${column} LIMIT 100`,
  );
  return statement.all(auction).map((lot) => ({
    ...lot,
    price: (lot.price / 100).toFixed(2),
  }));
}

module.exports = { listLots };
