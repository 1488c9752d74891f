from urllib.parse import quote

import requests
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/notes")
def release_notes(package: str):
    # safe="" quotes "/", "@" and ":" too: the name stays one component of the path
    answer = requests.get(f"https://packages.example/{quote(package, safe='')}/notes", timeout=5, allow_redirects=False)
    if answer.status_code != 200:
        raise HTTPException(status_code=404, detail="no notes")
    return {"package": package, "notes": answer.text}
