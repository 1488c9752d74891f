function readFilters(query) {
  // Object.create(null) inherits nothing, so no name leads anywhere
  const filters = Object.create(null);
  for (const [key, value] of new URLSearchParams(query)) {
    const match = /^(\w+)\[(\w+)\]$/.exec(key);
    if (match) {
      const [, group, field] = match;
      filters[group] ??= Object.create(null);
      filters[group][field] = value;
    }
  }
  return filters;
}

module.exports = { readFilters };
