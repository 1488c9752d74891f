    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{account}.token"
    path.write_text(json.dumps({"account": account, "token": token}))
    return path
