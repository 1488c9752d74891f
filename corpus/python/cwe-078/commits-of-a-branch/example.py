import subprocess

from fastapi import FastAPI

app = FastAPI()


@app.get("/repositories/{repo_id}/commits")
def list_commits(repo_id: int, ref: str = "main"):
    # no shell, and a ref such as --output=x is not taken for an option
    log = subprocess.check_output(
        ["git", "log", "-n", "50", "--format=%h %s", "--end-of-options", ref, "--"],
        cwd=f"/srv/git/{repo_id}",
        text=True,
    )
    return {"ref": ref, "commits": log.splitlines()}
