from pathlib import Path

from fastapi import FastAPI

app = FastAPI()


@app.post("/plans/{number}/finish")
def finish_plan(number: int, title: str = "plan"):
    draft = Path(f"/srv/plans/{number}/draft.svg")
    return {"plan": draft.rename(draft.parent / f"{title}.svg").name}
