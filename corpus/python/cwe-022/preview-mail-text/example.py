import re

from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/mail-texts", response_class=PlainTextResponse)
def preview_mail_text(name: str, lang: str = "en"):
    # no dot and no slash can pass, so the path stays where the code put it
    if not re.fullmatch(r"[a-z0-9-]+", name) or not re.fullmatch(r"[a-z]{2}", lang):
        raise HTTPException(status_code=404, detail="no such text")
    try:
        with open(f"mail/{lang}/{name}.txt", encoding="utf-8") as text:
            return text.read()
    except FileNotFoundError:
        raise HTTPException(status_code=404, detail="no such text")
