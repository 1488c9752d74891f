    path = tempfile.mktemp(suffix=".ps")
    with open(path, "w") as job:
        job.write(text)
    return path
