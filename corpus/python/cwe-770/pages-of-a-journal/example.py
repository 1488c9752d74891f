import sqlite3

from fastapi import FastAPI, Query

app = FastAPI()


@app.get("/journal")
# le bounds what one request may cost: FastAPI answers 422 to more
def list_entries(limit: int = Query(default=20, ge=1, le=100), after: int = 0):
    db = sqlite3.connect("journal.db")
    rows = db.execute("SELECT id, text FROM entries WHERE id > ? ORDER BY id LIMIT ?", (after, limit)).fetchall()
    db.close()
    return [{"id": key, "text": text} for key, text in rows]
