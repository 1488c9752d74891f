async function deleteReadings(db, sensors) {
  if (!Array.isArray(sensors) || sensors.length === 0 || sensors.length > 500) {
    throw new RangeError("give 1 to 500 sensors");
  }
  const [result] = await db.query(
    `DELETE FROM readings WHERE sensor IN ('${sensors.join("', '")}')`,
  );
  return result.affectedRows;
}

module.exports = { deleteReadings };
