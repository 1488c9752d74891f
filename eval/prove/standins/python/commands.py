"""False commands, which note how they were called.

    commands.fake("ffmpeg", "echo done")   # found before the real one; a shell script runs after the note
    commands.calls()                       # [["ffmpeg", "-i", "a.mp4"]]
"""
import os

NOTES = "calls"


def fake(name, script=""):
    folder = os.path.join(os.getcwd(), "false-commands")
    os.makedirs(folder, exist_ok=True)
    if folder not in os.environ["PATH"].split(":"):
        os.environ["PATH"] = folder + ":" + os.environ["PATH"]
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        notes = os.path.join(os.getcwd(), NOTES)
        file.write(f"#!/bin/sh\n(printf '%s\\0' {name} \"$@\"; printf '\\1') >> '{notes}'\n{script}\n")
    os.chmod(path, 0o755)


def calls():
    if not os.path.exists(NOTES):
        return []
    with open(NOTES, encoding="utf-8") as file:
        return [call.split("\0")[:-1] for call in file.read().split("\1")[:-1]]
