import html
import sqlite3

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/members/{member_id}", response_class=HTMLResponse)
def member_page(member_id: int):
    db = sqlite3.connect("club.db")
    name, website = db.execute("SELECT name, website FROM members WHERE id = ?", (member_id,)).fetchone()
    db.close()
    href = html.escape(website)
    return f'<h1>{html.escape(name)}</h1><p><a href="{href}" rel="nofollow">website</a></p>'
