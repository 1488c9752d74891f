import json
import os
from pathlib import Path


def functional_keeps_and_replaces(m, t):
    for token in ("t-one", "t-two-longer", "t3"):
        path = m.remember_token(Path("mail/tokens"), "ann@example.org", token)
        assert Path(path) == Path("mail/tokens/ann@example.org.token")
        assert json.loads(Path(path).read_text()) == {"account": "ann@example.org", "token": token}


def exploit_others_can_read(m, t):
    t.attempt(m.remember_token, Path("mail/tokens"), "ann@example.org", "t-one")
    path = Path("mail/tokens/ann@example.org.token")
    if not path.exists():
        return
    # A folder that only its owner may enter does as well.
    closed = any(not folder.stat().st_mode & 0o011 for folder in (Path("mail"), Path("mail/tokens")))
    mode = path.stat().st_mode & 0o777
    if mode & 0o044 and not closed:
        t.exploited(f"the file with the token has mode {mode:o}")
    t.reached()
