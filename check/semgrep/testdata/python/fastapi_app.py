import os
import sqlite3
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Form, UploadFile, WebSocket
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel

app = FastAPI()
router = APIRouter()


class Job(BaseModel):
    name: str
    times: int


@app.get("/file/{name}")
async def file(name: str):
    # ruleid: seccoder.python.path-traversal
    return FileResponse(path=os.path.join("files", name))


@app.get("/same/{name}")
async def same(name: str):
    # ok: seccoder.python.path-traversal
    return FileResponse(os.path.join("files", os.path.basename(name)))


@app.get("/page/{number}")
async def page(number: int):
    # ok: seccoder.python.path-traversal
    return FileResponse(f"pages/{number}.html")


@router.post("/job")
async def job(job: Job):
    # ruleid: seccoder.python.command-injection
    os.system("run-job " + job.name)
    # ruleid: seccoder.python.command-injection
    os.execlp("sh", "sh", "-c", "run-job " + job.name)
    # ok: seccoder.python.command-injection
    os.execlp("run-job", "run-job", job.name)


@router.post("/hello")
async def hello(name: Annotated[str, Form()]):
    # ruleid: seccoder.python.cross-site-scripting
    return HTMLResponse("<p>" + name + "</p>")


@router.post("/upload")
async def upload(file: UploadFile):
    # ruleid: seccoder.python.path-traversal
    with open("files/" + file.filename, "wb") as out:
        out.write(await file.read())


@app.get("/users")
def users(name: str, store: Annotated[sqlite3.Connection, Depends(connect)]):
    # ruleid: seccoder.python.sql-injection
    store.execute(f"SELECT id FROM users WHERE name = '{name}'")
    # ok: seccoder.python.sql-injection
    return store.execute("SELECT id FROM users WHERE name = ?", (name,)).fetchall()


@app.get("/chosen")
def chosen(place: Annotated[str, Depends(place_of_user)]):
    # ok: seccoder.python.path-traversal
    return FileResponse(place)


@app.websocket("/talk")
async def talk(websocket: WebSocket):
    await websocket.accept()
    name = await websocket.receive_text()
    # ruleid: seccoder.python.command-injection
    os.popen("say " + name)
    # ok: seccoder.python.command-injection
    os.popen("say hello")
