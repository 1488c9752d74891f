    handle, path = tempfile.mkstemp(suffix=".ps")
    with os.fdopen(handle, "w") as job:
        job.write(text)
    return path
