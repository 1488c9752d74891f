function countEntries(menu) {
  let entries = 0;
  // a list instead of calls: a menu a hundred thousand deep is only a long list
  const waiting = [menu];
  while (waiting.length > 0) {
    const { children = [] } = waiting.pop();
    entries += children.length;
    for (const child of children) {
      waiting.push(child);
    }
  }
  return entries;
}

module.exports = { countEntries };
