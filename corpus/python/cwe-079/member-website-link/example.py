import html
import sqlite3

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/members/{member_id}", response_class=HTMLResponse)
def member_page(member_id: int):
    db = sqlite3.connect("club.db")
    row = db.execute("SELECT name, website FROM members WHERE id = ?", (member_id,)).fetchone()
    db.close()
    if row is None:
        raise HTTPException(status_code=404, detail="no such member")
    name, website = row
    link = "no website"
    # escaping does not stop a javascript: address, so the scheme is checked as well
    if website and website.lower().startswith(("http://", "https://")):
        link = f'<a href="{html.escape(website)}" rel="nofollow">website</a>'
    return f"<h1>{html.escape(name)}</h1><p>{link}</p>"
