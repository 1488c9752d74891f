  return rule.split(/\s+and\s+/).every((comparison) => {
    const parts = /^\s*(\w+)\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(comparison);
    if (!parts || !Object.hasOwn(cart, parts[1])) throw new Error(`not a rule: ${comparison}`);
    const left = cart[parts[1]];
    const right = Number(parts[3]);
    switch (parts[2]) {
      case "<": return left < right;
      case "<=": return left <= right;
      case ">": return left > right;
      default: return left >= right;
    }
  });
}
