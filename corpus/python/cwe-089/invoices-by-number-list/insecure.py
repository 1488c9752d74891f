import sqlite3

from fastapi import FastAPI, HTTPException, Query

app = FastAPI()


@app.get("/invoices")
def get_invoices(number: list[str] = Query(default=[])):
    if not 1 <= len(number) <= 100:
        raise HTTPException(status_code=422, detail="give 1 to 100 invoice numbers")
    db = sqlite3.connect("billing.db")
    db.row_factory = sqlite3.Row
    try:
        wanted = ", ".join(f"'{n}'" for n in number)
        sql = f"SELECT number, customer, total FROM invoices WHERE number IN ({wanted})"
        rows = db.execute(sql).fetchall()
    finally:
        db.close()
    return [dict(row) for row in rows]
