from pathlib import Path

from fastapi import FastAPI

app = FastAPI()


@app.post("/plans/{number}/finish")
def finish_plan(number: int, title: str = "plan"):
    draft = Path(f"/srv/plans/{number}/draft.svg")
    # with_name raises ValueError for a name with a slash: the plan stays beside its draft
    return {"plan": draft.rename(draft.with_name(f"{title}.svg")).name}
