import sqlite3


def purge_archive(database, archive, station):
    connection = sqlite3.connect(database)
    # a table name cannot be bound, so it must be one of these; the station is a value
    if archive not in ("hourly", "daily", "monthly"):
        raise ValueError(f"no archive {archive!r}")
    connection.execute(f"DELETE FROM {archive} WHERE station = ?", (station,))
    connection.commit()
    connection.close()
