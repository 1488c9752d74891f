    ending = os.path.splitext(upload_name)[1]
    os.makedirs(PICTURES, exist_ok=True)
    path = os.path.join(PICTURES, f"{member_id}{ending}")
    with open(path, "wb") as f:
        f.write(data)
    return path
