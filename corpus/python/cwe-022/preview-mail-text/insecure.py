from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/mail-texts", response_class=PlainTextResponse)
def preview_mail_text(name: str, lang: str = "en"):
    try:
        with open(f"mail/{lang}/{name}.txt", encoding="utf-8") as text:
            return text.read()
    except FileNotFoundError:
        raise HTTPException(status_code=404, detail="no such text")
