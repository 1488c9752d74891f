const rooms = new Map([["hall", 18], ["studio", 20]]);

function setTemperature(room, wanted) {
  if (!rooms.has(room)) {
    throw new Error(`there is no room ${room}`);
  }
  const degrees = Number(wanted);
  // asked this way round NaN fails, since it is neither more nor less than anything
  if (!(degrees >= 5 && degrees <= 28)) {
    throw new RangeError("between 5 and 28 degrees");
  }
  rooms.set(room, degrees);
  return degrees;
}

module.exports = { setTemperature, rooms };
