    path = os.path.join(SPOOL, log_name)
    subprocess.run(["gzip", "-kf", "--", path], check=True)
    return os.path.getsize(path + ".gz")
