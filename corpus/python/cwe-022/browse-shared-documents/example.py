from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/documents")
def browse(folder: str = ""):
    path = Path("/srv/documents", folder)
    # joining an absolute path drops the root, so look at where the result points
    if not path.resolve().is_relative_to("/srv/documents"):
        raise HTTPException(status_code=404)
    return [
        {"name": entry.name, "folder": entry.is_dir(), "size": entry.lstat().st_size}
        for entry in sorted(path.iterdir())
    ]
