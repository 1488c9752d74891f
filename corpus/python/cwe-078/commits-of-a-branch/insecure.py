import subprocess

from fastapi import FastAPI

app = FastAPI()


@app.get("/repositories/{repo_id}/commits")
def list_commits(repo_id: int, ref: str = "main"):
    log = subprocess.check_output(
        f"git log -n 50 --format='%h %s' {ref} --",
        shell=True,
        cwd=f"/srv/git/{repo_id}",
        text=True,
    )
    return {"ref": ref, "commits": log.splitlines()}
