function countEntries(menu) {
  let entries = 0;
  for (const child of menu.children ?? []) {
    entries += 1 + countEntries(child);
  }
  return entries;
}

module.exports = { countEntries };
