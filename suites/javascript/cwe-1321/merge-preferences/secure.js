  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const merged = {};
  for (const key of Object.keys(defaults)) {
    merged[key] = isObject(defaults[key]) ? merge(defaults[key], {}) : defaults[key];
  }
  for (const key of Object.keys(saved)) {
    if (key === "__proto__" || key === "constructor" || key === "prototype") continue;
    merged[key] = isObject(saved[key]) ? merge(isObject(merged[key]) ? merged[key] : {}, saved[key]) : saved[key];
  }
  return merged;
}
