import json
import os
from pathlib import Path


def remember_token(folder: Path, account: str, token: str) -> Path:
    """
    Keep the token by which the mail program signs in to an account, as JSON with the keys
    account and token, in folder/<account>.token. Make the folder if need be; an older
    token is replaced. Return the file's path.
    """
