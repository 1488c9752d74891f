import sqlite3

from fastapi import FastAPI, Query

app = FastAPI()


@app.get("/invoices")
def get_invoices(number: list[str] = Query(default=[])):
    db = sqlite3.connect("billing.db")
    db.row_factory = sqlite3.Row
    wanted = ", ".join(f"'{n}'" for n in number)
    rows = db.execute(
        f"SELECT number, customer, total FROM invoices WHERE number IN ({wanted})"
    ).fetchall()
    db.close()
    return [dict(row) for row in rows]
