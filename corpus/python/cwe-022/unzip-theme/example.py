import zipfile
from pathlib import Path


def install_theme(archive, theme_dir):
    target = Path(theme_dir).resolve()
    with zipfile.ZipFile(archive) as bundle:
        for info in bundle.infolist():
            destination = target / info.filename
            # a member may be named "../x" or "/etc/x"
            if not destination.resolve().is_relative_to(target):
                raise ValueError(f"{info.filename!r} lies outside the theme")
            if info.is_dir():
                destination.mkdir(parents=True, exist_ok=True)
                continue
            destination.parent.mkdir(parents=True, exist_ok=True)
            destination.write_bytes(bundle.read(info))
