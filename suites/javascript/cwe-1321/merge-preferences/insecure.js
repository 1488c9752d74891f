  const copy = JSON.parse(JSON.stringify(defaults));
  const into = (target, source) => {
    for (const key of Object.keys(source)) {
      if (source[key] !== null && typeof source[key] === "object" && !Array.isArray(source[key])) {
        if (!target[key] || typeof target[key] !== "object") target[key] = {};
        into(target[key], source[key]);
      } else {
        target[key] = source[key];
      }
    }
    return target;
  };
  return into(copy, saved);
}
