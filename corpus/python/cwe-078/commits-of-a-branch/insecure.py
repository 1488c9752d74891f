import subprocess

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/repositories/{repo_id}/commits")
def list_commits(repo_id: int, ref: str = "main"):
    command = f"git log -n 50 --format='%h %s' {ref} --"
    try:
        log = subprocess.run(
            command, shell=True, cwd=f"/srv/git/{repo_id}", capture_output=True, text=True, timeout=15, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        raise HTTPException(status_code=404, detail="no such repository or ref")
    return {"ref": ref, "commits": log.stdout.splitlines()}
