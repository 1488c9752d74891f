function cartTotal(cart, products) {
  let cents = 0;
  const missing = [];
  for (const { product, count } of cart) {
    const found = products.get(product);
    // a cart may be older than the catalogue: get gives undefined for what is gone
    if (found === undefined) {
      missing.push(product);
      continue;
    }
    cents += found.cents * count;
  }
  return { total: (cents / 100).toFixed(2), missing };
}

module.exports = { cartTotal };
