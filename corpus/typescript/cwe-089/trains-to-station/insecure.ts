import postgres from "postgres";

const sql = postgres(process.env.TIMETABLE_URL ?? "");

interface Train {
  line: string;
  departs: Date;
  platform: string;
}

export async function nextTrains(station: string, after: Date): Promise<Train[]> {
  const trains = await sql.unsafe<Train[]>(`
    SELECT line, departs, platform FROM departures
    WHERE destination = '${station}' AND departs > '${after.toISOString()}' AND NOT cancelled
    ORDER BY departs LIMIT 10`);
  return trains.map((train) => ({ ...train, platform: train.platform.trim() }));
}
