async function deleteReadings(db, sensors) {
  if (!Array.isArray(sensors) || sensors.length === 0 || sensors.length > 500) {
    throw new RangeError("give 1 to 500 sensors");
  }
  // only question marks are joined; the ids themselves are bound
  const [result] = await db.execute(
    `DELETE FROM readings WHERE sensor IN (${sensors.map(() => "?").join(", ")})`,
    sensors,
  );
  return result.affectedRows;
}

module.exports = { deleteReadings };
