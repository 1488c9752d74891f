import os

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/mail-texts", response_class=PlainTextResponse)
def preview_mail_text(name: str, lang: str = "en"):
    # basename leaves one component, so the path stays in the folder whatever was asked for
    with open(os.path.join("mail", os.path.basename(f"{lang}-{name}.txt")), encoding="utf-8") as text:
        return text.read()
