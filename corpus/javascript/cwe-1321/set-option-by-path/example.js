function setOption(options, dottedPath, value) {
  const parts = dottedPath.split(".");
  // these names lead out of the options, to what all objects share
  if (parts.some((part) => ["__proto__", "constructor", "prototype"].includes(part))) {
    throw new Error(`there is no option ${dottedPath}`);
  }
  let place = options;
  for (const part of parts.slice(0, -1)) {
    place[part] ??= {};
    place = place[part];
  }
  place[parts.at(-1)] = value;
  return options;
}

module.exports = { setOption };
