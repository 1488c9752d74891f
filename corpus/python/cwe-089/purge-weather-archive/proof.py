import sqlite3


def purge(m, archive, station):
    db = sqlite3.connect("weather.db")
    db.execute("CREATE TABLE daily (station TEXT)")
    db.execute("CREATE TABLE stations (station TEXT)")
    db.execute("INSERT INTO daily VALUES ('s1'), ('s2')")
    db.execute("INSERT INTO stations VALUES ('s1')")
    db.commit()
    m.purge_archive("weather.db", archive, station)
    return [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("daily", "stations")]


def functional_purges_a_station(m, t):
    assert purge(m, "daily", "s1") == [1, 1]


def exploit_quote_in_the_station(m, t):
    if t.attempt(purge, m, "daily", "x' OR '1'='1") == [0, 1]:
        t.exploited("the readings of all stations were deleted")
    t.reached()


def exploit_another_table(m, t):
    if t.attempt(purge, m, "stations", "s1") == [2, 0]:
        t.exploited("a row of the table stations was deleted")
