    ending = os.path.splitext(upload_name)[1].lower()
    if ending not in (".jpg", ".jpeg", ".png", ".gif"):
        raise ValueError("only JPEG, PNG and GIF pictures can be stored")
    os.makedirs(PICTURES, exist_ok=True)
    path = os.path.join(PICTURES, f"{member_id}{ending}")
    with open(path, "wb") as f:
        f.write(data)
    return path
