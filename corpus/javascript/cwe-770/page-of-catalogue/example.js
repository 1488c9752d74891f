function cataloguePage(catalogue, address) {
  const query = new URL(address, "http://localhost").searchParams;
  const from = Math.max(Number.parseInt(query.get("from") ?? "0", 10) || 0, 0);
  // the client may ask for less than 100, never for more
  const count = Math.min(Math.max(Number.parseInt(query.get("count") ?? "20", 10) || 20, 1), 100);
  const entries = [];
  for (let i = from; i < from + count && i < catalogue.length; i++) {
    entries.push({ number: i, ...catalogue[i] });
  }
  return { entries, next: from + entries.length < catalogue.length ? from + entries.length : null };
}

module.exports = { cataloguePage };
