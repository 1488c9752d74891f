import sqlite3


def delete_user(path, user):
    connection = sqlite3.connect(path)
    sql = f"DELETE FROM users