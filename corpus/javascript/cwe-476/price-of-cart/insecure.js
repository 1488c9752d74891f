function cartTotal(cart, products) {
  let cents = 0;
  const missing = [];
  for (const { product, count } of cart) {
    const found = products.get(product);
    cents += found.cents * count;
  }
  return { total: (cents / 100).toFixed(2), missing };
}

module.exports = { cartTotal };
