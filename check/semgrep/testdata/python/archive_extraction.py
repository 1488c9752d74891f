import os
import shutil
import tarfile
import zipfile
from pathlib import Path


def unpack(name):
    with tarfile.open(name) as tar:
        # ruleid: seccoder.python.tar-extract-all
        tar.extractall("/srv/unpack")


def unpack_default(name):
    tar = tarfile.open(name)
    # ruleid: seccoder.python.tar-extract-all
    tar.extractall()
    tar.close()


def unpack_all_members(name):
    with tarfile.open(name) as tar:
        # ruleid: seccoder.python.tar-extract-all
        tar.extractall("/srv/unpack", members=tar.getmembers())


def unpack_members(name):
    with tarfile.open(name) as tar:
        for member in tar:
            # ruleid: seccoder.python.tar-extract-member
            tar.extract(member, "/srv/unpack")


def unpack_by_hand(name):
    with tarfile.open(name) as tar:
        for member in tar.getmembers():
            data = tar.extractfile(member).read()
            # ruleid: seccoder.python.tar-extract-member
            with open(os.path.join("/srv/unpack", member.name), "wb") as out:
                out.write(data)


def unzip_by_hand(name):
    with zipfile.ZipFile(name) as archive:
        for entry in archive.namelist():
            # ruleid: seccoder.python.tar-extract-member
            with open("/srv/unpack/" + entry, "wb") as out:
                out.write(archive.read(entry))


def unpack_any(name):
    # ruleid: seccoder.python.unpack-archive
    shutil.unpack_archive(name, "/srv/unpack")
    # ok: seccoder.python.unpack-archive
    shutil.unpack_archive(name, "/srv/unpack", filter="data")


def unpack_filtered(name):
    with tarfile.open(name) as tar:
        # ok: seccoder.python.tar-extract-all
        tar.extractall("/srv/unpack", filter="data")


def unpack_checked(name):
    base = os.path.realpath("/srv/unpack")
    with tarfile.open(name) as tar:
        for member in tar.getmembers():
            target = os.path.realpath(os.path.join(base, member.name))
            if not target.startswith(base + os.sep):
                raise ValueError(member.name)
        # ok: seccoder.python.tar-extract-all
        tar.extractall(base)


def unpack_some(name):
    base = os.path.realpath("/srv/unpack")
    with tarfile.open(name) as tar:
        for member in tar:
            target = os.path.realpath(os.path.join(base, member.name))
            if os.path.commonpath([base, target]) == base:
                # ok: seccoder.python.tar-extract-member
                tar.extract(member, base)


def unpack_plain_names(name):
    with tarfile.open(name) as tar:
        for member in tar:
            if member.name.startswith("/") or ".." in member.name:
                continue
            # ok: seccoder.python.tar-extract-member
            tar.extract(member, "/srv/unpack")


def unzip(name):
    with zipfile.ZipFile(name) as archive:
        # ok: seccoder.python.tar-extract-all
        archive.extractall("/srv/unpack")


def unpack_joined(name):
    with tarfile.open(name) as tar:
        for member in tar:
            target = os.path.join("/srv/unpack", member.name)
            if os.path.abspath(target).startswith("/srv/unpack/"):
                # ok: seccoder.python.tar-extract-member
                tar.extract(member, "/srv/unpack")


def unpack_flat(name):
    with tarfile.open(name) as tar:
        for member in tar:
            member.name = os.path.basename(member.name)
            # ok: seccoder.python.tar-extract-member
            tar.extract(member, "/srv/unpack")


def unpack_listed(name):
    with tarfile.open(name) as tar:
        members = [m for m in tar if m.isfile() and "/" not in m.name]
        # ok: seccoder.python.tar-extract-all
        tar.extractall("/srv/unpack", members=members)


def unzip_with_pathlib(name):
    target = Path("/srv/unpack").resolve()
    with zipfile.ZipFile(name) as archive:
        for info in archive.infolist():
            # ruleid: seccoder.python.tar-extract-member
            (target / info.filename).write_bytes(archive.read(info))


def unzip_with_pathlib_fixed(name):
    target = Path("/srv/unpack").resolve()
    with zipfile.ZipFile(name) as archive:
        for info in archive.infolist():
            destination = (target / info.filename).resolve()
            if not destination.is_relative_to(target):
                raise ValueError(info.filename)
            # ok: seccoder.python.tar-extract-member
            destination.write_bytes(archive.read(info))
