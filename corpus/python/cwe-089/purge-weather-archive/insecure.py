import sqlite3


def purge_archive(database, archive, station):
    connection = sqlite3.connect(database)
    connection.execute(f"DELETE FROM {archive} WHERE station = '{station}'")
    connection.commit()
    connection.close()
