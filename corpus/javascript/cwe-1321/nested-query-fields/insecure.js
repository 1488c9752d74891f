function readFilters(query) {
  const filters = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const match = /^(\w+)\[(\w+)\]$/.exec(key);
    if (match) {
      const [, group, field] = match;
      filters[group] ??= {};
      filters[group][field] = value;
    }
  }
  return filters;
}

module.exports = { readFilters };
