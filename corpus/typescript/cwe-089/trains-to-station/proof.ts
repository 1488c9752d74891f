import { run } from "sqlite-standin";

async function next(m, t, station: string): Promise<string> {
  run("CREATE TABLE departures (line TEXT, departs TEXT, platform TEXT, destination TEXT, cancelled INTEGER)");
  run(`INSERT INTO departures VALUES ('S1', '2031-05-04T10:00:00.000Z', '4 ', 'King''s Lynn', 0),
    ('S2', '2031-05-04T11:00:00.000Z', '5', 'King''s Lynn', 1), ('X9', '2031-05-04T12:00:00.000Z', '9', 'Depot', 0)`);
  const trains = await t.attempt(() => m.nextTrains(station, new Date("2031-05-04T09:00:00Z")));
  return (trains ?? []).map(({ line, platform }) => `${line} from ${platform}`).join();
}

functional("lists trains", async (m, t) => {
  const trains = await next(m, t, "Depot");
  t.check(trains === "X9 from 9", trains || String(t.error));
});

exploit("a condition in the station", async (m, t) => {
  const trains = await next(m, t, "x' OR destination = 'Depot' OR 'x' = '");
  if (trains.includes("X9")) t.exploited(`the station became part of the statement: ${trains}`);
});

exploit("another table", async (m, t) => {
  const trains = await next(m, t, "x' UNION SELECT name, 1, sql FROM sqlite_master -- ");
  if (trains.includes("CREATE TABLE")) t.exploited("the station read another table");
});
