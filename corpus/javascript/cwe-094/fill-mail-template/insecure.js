function fillTemplate(template, customer) {
  const values = new Map([
    ["name", customer.name],
    ["city", customer.city],
    ["due", customer.due.toISOString().slice(0, 10)],
  ]);
  return new Function(...values.keys(), "return `" + template + "`;")(...values.values());
}

module.exports = { fillTemplate };
