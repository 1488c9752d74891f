from pathlib import Path

from fastapi import FastAPI

app = FastAPI()


@app.get("/documents")
def browse(folder: str = ""):
    path = Path("/srv/documents", folder)
    return [
        {"name": entry.name, "folder": entry.is_dir(), "size": entry.lstat().st_size}
        for entry in sorted(path.iterdir())
    ]
