import subprocess

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/repositories/{repo_id}/commits")
def list_commits(repo_id: int, ref: str = "main"):
    # no shell, and a ref such as --output=x is not taken for an option
    command = ["git", "log", "-n", "50", "--format=%h %s", "--end-of-options", ref, "--"]
    try:
        log = subprocess.run(
            command, cwd=f"/srv/git/{repo_id}", capture_output=True, text=True, timeout=15, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        raise HTTPException(status_code=404, detail="no such repository or ref")
    return {"ref": ref, "commits": log.stdout.splitlines()}
