import sqlite3

from fastapi import FastAPI

app = FastAPI()


@app.get("/journal")
def list_entries(limit: int = 20, after: int = 0):
    db = sqlite3.connect("journal.db")
    rows = db.execute("SELECT id, text FROM entries WHERE id > ? ORDER BY id LIMIT ?", (after, limit)).fetchall()
    db.close()
    return [{"id": key, "text": text} for key, text in rows]
