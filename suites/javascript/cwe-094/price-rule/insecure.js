  const condition = rule.replace(/\band\b/g, "&&");
  const holds = new Function(...Object.keys(cart), `return ${condition};`);
  return holds(...Object.values(cart));
}
