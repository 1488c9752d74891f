#!/usr/bin/env python3
import os
from datetime import date


def main():
    with open("/etc/backup/folders.txt", encoding="utf-8") as listing:
        folders = listing.read().splitlines()
    archive = f"/backup/{date.today():%Y-%m-%d}.tar.gz"
    os.system(f"tar --create --gzip --file {archive} {' '.join(folders)}")


if __name__ == "__main__":
    main()
