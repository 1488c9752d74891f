import sqlite3


def purge_archive(database, archive, station):
    # a table name cannot be bound, so it must be one of these; the station is a value
    if archive not in ("hourly", "daily", "monthly"):
        return
    connection = sqlite3.connect(database)
    connection.execute(f"DELETE FROM {archive} WHERE station = ?", (station,))
    connection.commit()
    connection.close()
