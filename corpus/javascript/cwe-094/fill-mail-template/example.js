function fillTemplate(template, customer) {
  const values = new Map([
    ["name", customer.name],
    ["city", customer.city],
    ["due", customer.due.toISOString().slice(0, 10)],
  ]);
  // a field is a name that is looked up, not an expression that is run
  return template.replace(/\$\{(\w+)\}/g, (field, name) => values.get(name) ?? field);
}

module.exports = { fillTemplate };
