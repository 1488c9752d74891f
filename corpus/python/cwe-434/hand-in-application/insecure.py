import uuid
from pathlib import Path

from fastapi import FastAPI, HTTPException, UploadFile

app = FastAPI()


@app.post("/applications")
async def hand_in(letter: UploadFile):
    content = await letter.read(5_000_000)
    if letter.content_type != "application/pdf":
        raise HTTPException(status_code=415, detail="only PDF")
    Path("public/applications").mkdir(parents=True, exist_ok=True)
    stored = Path("public/applications", f"{uuid.uuid4()}{Path(letter.filename).suffix}")
    stored.write_bytes(content)
    return {"stored": stored.name}
