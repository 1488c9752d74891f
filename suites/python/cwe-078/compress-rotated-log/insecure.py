    path = os.path.join(SPOOL, log_name)
    subprocess.run(f"gzip -kf {path}", shell=True, check=True)
    return os.path.getsize(path + ".gz")
