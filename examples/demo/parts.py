import sqlite3


def parts_in_stock(names):
    """How many pieces there are of each of the named parts."""
    db = sqlite3.connect("stock.db")
    sql = f"SELECT name, pieces FROM parts