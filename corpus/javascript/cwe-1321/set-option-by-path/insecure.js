function setOption(options, dottedPath, value) {
  const parts = dottedPath.split(".");
  let place = options;
  for (const part of parts.slice(0, -1)) {
    place[part] ??= {};
    place = place[part];
  }
  place[parts.at(-1)] = value;
  return options;
}

module.exports = { setOption };
