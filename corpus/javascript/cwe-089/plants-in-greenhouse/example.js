async function bloomingPlants(client, house, month) {
  // $1 and $2 are filled in by the server after it has read the statement
  const { rows } = await client.query(
    "SELECT name, bed FROM plants WHERE house = $1 AND $2 = ANY(bloom_months) ORDER BY bed, name",
    [house, month],
  );
  const beds = new Map();
  for (const { bed, name } of rows) {
    beds.set(bed, [...(beds.get(bed) ?? []), name]);
  }
  return beds;
}

module.exports = { bloomingPlants };
