    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{account}.token"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as f:
        os.fchmod(handle, 0o600)
        json.dump({"account": account, "token": token}, f)
    return path
