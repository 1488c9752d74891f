import requests
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/notes")
def release_notes(package: str):
    path = package if package.startswith(("/", "@")) else "/" + package
    answer = requests.get(f"https://packages.example{path}/notes", timeout=5, allow_redirects=False)
    if answer.status_code != 200:
        raise HTTPException(status_code=404, detail="no notes")
    return {"package": package, "notes": answer.text}
