async function bloomingPlants(client, house, month) {
  const { rows } = await client.query(
    `SELECT name, bed FROM plants WHERE house = '${house}' AND ${month} = ANY(bloom_months) ORDER BY bed, name`,
  );
  const beds = new Map();
  for (const { bed, name } of rows) {
    beds.set(bed, [...(beds.get(bed) ?? []), name]);
  }
  return beds;
}

module.exports = { bloomingPlants };
