const known = new Map();

function noteVersion(device, version) {
  // the dot parts the groups and is not optional: there is one way to read a version
  if (!/^\d+(\.\d+)*(-rc\d+)?$/.test(version)) {
    throw new Error(`${device} reports no version`);
  }
  const parts = version.split("-")[0].split(".").map(Number);
  known.set(device, { parts, candidate: version.includes("-rc"), seen: Date.now() });
  return parts;
}

module.exports = { noteVersion };
