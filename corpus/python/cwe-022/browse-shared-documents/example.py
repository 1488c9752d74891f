from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/documents")
def browse(folder: str = ""):
    root = Path("/srv/documents")
    here = root / folder
    # joining an absolute path drops the root, so look at where the result points
    if not here.resolve().is_relative_to(root) or not here.is_dir():
        raise HTTPException(status_code=404, detail="no such folder")
    return [
        {"name": entry.name, "folder": entry.is_dir(), "size": entry.lstat().st_size}
        for entry in sorted(here.iterdir())
    ]
